/*
 * Ensure exports and top-level operations: every call that is a statement of its own at the top
 * level moves, in order, into `export default [...]` at the end of the module; everything else stays
 * where it is (openfn FACTS §3). Calls inside `if` or `for` are not operations and stay as well. A
 * call that makes no function is refused by the engine (InvalidOperationError).
 */
import type { CallExpression, ExpressionStatement } from 'acorn';
import type { Job } from '../job.js';

type OperationStatement = ExpressionStatement & { expression: CallExpression };

/** Whether a statement is a call of its own, which becomes an operation. */
export function isOperationStatement(statement: { type: string }): statement is OperationStatement {
  return (
    statement.type === 'ExpressionStatement' &&
    (statement as ExpressionStatement).expression.type === 'CallExpression'
  );
}

/** Whether a job is compiled already: OpenFn leaves a module with `export default` as it is. */
export function hasDefaultExport({ ast }: Pick<Job, 'ast'>): boolean {
  return ast.body.some(
    ({ type, ...statement }) =>
      type === 'ExportDefaultDeclaration' ||
      ('specifiers' in statement &&
        statement.specifiers.some(
          specifier =>
            specifier.type === 'ExportSpecifier' &&
            (specifier.exported.type === 'Identifier'
              ? specifier.exported.name === 'default'
              : specifier.exported.value === 'default'),
        )),
  );
}

/** Name of an operation for messages: `http.get`; of `fn(a)(b)` it is `fn`. */
function operationName({ source }: Job, { callee }: CallExpression): string {
  return /^[\w$]+(\.[\w$]+)*/.exec(source.slice(callee.start))?.[0] ?? 'operation';
}

/** Moves the operations into the default export, which it adds. */
export function topLevelOperations(job: Job): void {
  const { source, text } = job;
  const statements = job.ast.body.filter(isOperationStatement);
  for (const statement of statements) {
    // The semicolon stays, so that the texts before and after the gap are not joined.
    const end = source[statement.end - 1] === ';' ? statement.end - 1 : statement.end;
    const order = job.operations.length + 1;
    text.move(statement.start, end, text.original.length);
    text.prependRight(statement.start, order === 1 ? '\nexport default [\n' : ',\n');
    const { line } = statement.expression.loc!.start;
    job.operations.push({ name: operationName(job, statement.expression), line, order });
  }
  text.append(statements.length > 0 ? '\n];\n' : '\nexport default [];\n');
}
