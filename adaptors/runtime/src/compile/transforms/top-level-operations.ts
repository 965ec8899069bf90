/*
 * Ensure exports and top-level operations: every call that is a statement of its own at the top
 * level moves, in order, into `export default [...]` at the end of the module; everything else stays
 * where it is (openfn FACTS §3). Calls inside `if` or `for` are not operations and stay as well. A
 * call that makes no function is refused by the engine (InvalidOperationError).
 *
 * A job may end with its own `export default [...]`: then the calls are added to that list. With any
 * other `export default`, calls stay where they are and are not operations.
 */
import {
  type ArrayExpression,
  type CallExpression,
  type ExpressionStatement,
  type Program,
  tokenizer,
} from 'acorn';
import type { Job } from '../job.js';

type OperationStatement = ExpressionStatement & { expression: CallExpression };

/** Whether a statement is a call of its own, which becomes an operation. */
export function isOperationStatement(statement: { type: string }): statement is OperationStatement {
  return (
    statement.type === 'ExpressionStatement' &&
    (statement as ExpressionStatement).expression.type === 'CallExpression'
  );
}

/** Whether a job has its own `export default`. */
export function hasDefaultExport({ body }: Program): boolean {
  return body.some(({ type }) => type === 'ExportDefaultDeclaration');
}

/** The job's own list of operations, `export default [...]`, if it is the last statement. */
export function readOwnList({ body }: Program): ArrayExpression | undefined {
  const last = body.at(-1);
  if (last?.type !== 'ExportDefaultDeclaration') return undefined;
  return last.declaration.type === 'ArrayExpression' ? last.declaration : undefined;
}

/** Name of an operation for messages: `http.get`; of `fn(a)(b)` it is `fn`. */
function operationName({ source }: Job, { callee }: CallExpression): string {
  return /^[\w$]+(\.[\w$]+)*/.exec(source.slice(callee.start))?.[0] ?? 'operation';
}

/** Records the operations that the job lists itself. */
function recordOwn(job: Job, list: ArrayExpression): void {
  for (const element of list.elements) {
    const name = element?.type === 'CallExpression' ? operationName(job, element) : 'operation';
    const { line } = (element ?? list).loc!.start;
    job.operations.push({ name, line, order: job.operations.length + 1 });
  }
}

/** Whether another element needs a comma before it. */
function needsComma({ source }: Job, { elements, end }: ArrayExpression): boolean {
  const last = elements.at(-1);
  if (!last) return elements.length > 0;
  const rest = tokenizer(source.slice(last.end, end - 1), { ecmaVersion: 'latest' });
  return ![...rest].some(({ type }) => type.label === ',');
}

/** Moves the operations into the default export, which it adds if the job has none. */
export function topLevelOperations(job: Job): void {
  const { source, text, ast } = job;
  const list = readOwnList(ast);
  if (!list && hasDefaultExport(ast)) return;
  if (list) recordOwn(job, list);
  const statements = ast.body.filter(isOperationStatement);
  const target = list ? list.end - 1 : text.original.length;
  let before = '\nexport default [\n';
  if (list) before = needsComma(job, list) ? ',\n' : '\n';
  for (const statement of statements) {
    // The semicolon stays, so that the texts before and after the gap are not joined.
    const end = source[statement.end - 1] === ';' ? statement.end - 1 : statement.end;
    const order = job.operations.length + 1;
    text.move(statement.start, end, target);
    text.prependRight(statement.start, before);
    before = ',\n';
    const { line } = statement.expression.loc!.start;
    job.operations.push({ name: operationName(job, statement.expression), line, order });
  }
  if (!list) text.append(statements.length > 0 ? '\n];\n' : '\nexport default [];\n');
}
