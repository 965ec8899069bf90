/*
 * Statements that are not what they seem: OpenFn makes an operation of every call that is a statement of
 * its own at the top, and of nothing else. Other calls run while the job is loaded, and the operations
 * that they make are never run, without a word (openfn FACTS §3).
 */
import type { AnyNode, ExpressionStatement } from 'acorn';
import { walk } from 'zimmerframe';
import { hasDefaultExport, readOwnList } from '../../compile/transforms/top-level-operations.js';
import { PLATFORM_GLOBALS } from '../../platform/globals.js';
import { type CodeProblem, type JobCode, rootOf } from './code-problem.js';

/** Expressions that do something by themselves. */
const ACTIVE = new Set([
  'AssignmentExpression',
  'AwaitExpression',
  'CallExpression',
  'ChainExpression',
  'NewExpression',
  'UnaryExpression',
  'UpdateExpression',
]);
const VALUES = new Set(['ArrayExpression', 'Literal', 'NewExpression', 'TemplateLiteral']);

/** Statements that run when the job is loaded: those in no function. */
function readLoaded({ ast }: JobCode): { statement: ExpressionStatement; isTop: boolean }[] {
  const found: { statement: ExpressionStatement; isTop: boolean }[] = [];
  walk(ast as AnyNode, null, {
    _(node, { path, next }) {
      if (/Function|Class/.test(node.type)) return;
      if (node.type === 'ExpressionStatement' && !node.directive) {
        found.push({ statement: node, isTop: path.at(-1)?.type === 'Program' });
      }
      next();
    },
  });
  return found;
}

/** A call of the adaptor inside an expression, functions left out: the value of that call is lost. */
function findCall(expression: AnyNode, { isExport }: JobCode): AnyNode | undefined {
  let found: AnyNode | undefined;
  walk(expression, null, {
    _(node, { next }) {
      if (found || /Function|Class/.test(node.type)) return;
      if (node.type === 'CallExpression' && isExport(rootOf(node))) found = node;
      else next();
    },
  });
  return found;
}

/** A top-level call that certainly makes no operation: `console.log(x)`, `[1, 2].forEach(f)`. */
function checkOperation(call: AnyNode, code: JobCode): CodeProblem[] {
  const root = rootOf(call);
  const isGlobal =
    root.type === 'Identifier' &&
    code.free.includes(root) &&
    PLATFORM_GLOBALS.has(root.name) &&
    !code.isExport(root);
  if (!isGlobal && !VALUES.has(root.type)) return [];
  return [
    {
      rule: 'no-operation',
      offset: call.start,
      message: 'This call is not an operation, as every top-level call of a job must be.',
      fix: 'Put it into one: fn(state => { ...; return state; })',
    },
  ];
}

function checkStatement(
  { statement, isTop }: { statement: ExpressionStatement; isTop: boolean },
  code: JobCode,
): CodeProblem[] {
  const { expression } = statement;
  if (isTop && expression.type === 'CallExpression') return checkOperation(expression, code);
  const call = findCall(expression, code);
  if (call) {
    return [
      {
        rule: 'never-run',
        offset: call.start,
        message: 'This operation is never run: it is not a top-level statement of the job.',
        fix: 'Move it to the top level. To run it under a condition, use fnIf(condition, operation).',
      },
    ];
  }
  if (!isTop || ACTIVE.has(expression.type)) return [];
  return [
    {
      rule: 'never-run',
      offset: statement.start,
      message: 'This expression does nothing.',
      fix: 'If it is a function of state, put it into an operation: fn(state => ...)',
    },
  ];
}

/** Operations that are kept in a constant, which nothing uses. */
function findUnused(code: JobCode): CodeProblem[] {
  const names = new Map<string, number>();
  walk(code.ast as AnyNode, null, {
    Identifier({ name }) {
      names.set(name, (names.get(name) ?? 0) + 1);
    },
  });
  return code.ast.body
    .filter(statement => statement.type === 'VariableDeclaration')
    .flatMap(({ declarations }) => declarations)
    .filter(({ id, init }) => {
      const isCall = init?.type === 'CallExpression' && code.isExport(rootOf(init));
      return isCall && id.type === 'Identifier' && names.get(id.name) === 1;
    })
    .map(({ id, start }) => ({
      rule: 'never-run',
      offset: start,
      message: `${code.source.slice(id.start, id.end)} is created but never used: an operation runs only as a top-level statement.`,
    }));
}

/** Operations of a job whose own `export default` does not take them in. */
function findUnlisted(code: JobCode, calls: readonly AnyNode[]): CodeProblem[] {
  return calls
    .filter(call => code.isExport(rootOf(call)))
    .map(({ start }) => ({
      rule: 'never-run',
      offset: start,
      message: 'This operation is never run: the job lists its operations in export default.',
      fix: 'Put it into that list, or make export default [...] the last statement of the job.',
    }));
}

/** Statements of a job that do nothing, or that end it; and a job without any operation. */
export function findStatements(code: JobCode): CodeProblem[] {
  const list = readOwnList(code.ast);
  const loaded = readLoaded(code);
  const calls = loaded
    .filter(({ statement, isTop }) => isTop && statement.expression.type === 'CallExpression')
    .map(({ statement }) => statement.expression);
  // The list of such a job may come from anywhere.
  if (!list && hasDefaultExport(code.ast)) return findUnlisted(code, calls);
  const problems = [...loaded.flatMap(each => checkStatement(each, code)), ...findUnused(code)];
  const hasOperation = calls.length > 0 || (list?.elements.length ?? 0) > 0;
  if (hasOperation || problems.length > 0) return problems;
  const message = 'This job has no operations: its step only passes its state on.';
  return [{ rule: 'never-run', offset: 0, message, isWarning: true }];
}
