/*
 * The engine keeps code, advice and details of an error only if it comes from an adaptor, and takes
 * an error thrown by a nameless function inside a job for the job's own (openfn FACTS §4). So a
 * function of an adaptor that throws needs a name once it is built into a job.
 */
import type { AnyNode, Program } from 'acorn';
import type MagicString from 'magic-string';
import { walk } from 'zimmerframe';

/** Whether the language itself names a function at this place. */
function isNamed(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (node.type === 'FunctionExpression' && node.id) return true;
  switch (parent?.type) {
    case 'VariableDeclarator':
    case 'Property':
    case 'MethodDefinition':
      return true;
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return parent.left.type === 'Identifier';
    default:
      return false;
  }
}

/** The innermost functions that throw, each once. */
function findThrowing(ast: Program): Map<AnyNode, AnyNode | undefined> {
  const found = new Map<AnyNode, AnyNode | undefined>();
  walk(ast as AnyNode, null, {
    ThrowStatement(_, { path, next }) {
      const index = path.findLastIndex(({ type }) => /Function/.test(type));
      const thrower = path[index];
      if (thrower) found.set(thrower, path[index - 1]);
      next();
    },
  });
  return found;
}

/** Gives the name `operation` to every nameless function that throws. */
export function nameThrowingFunctions(ast: Program, text: MagicString): void {
  for (const [node, parent] of findThrowing(ast)) {
    if (node.type === 'FunctionDeclaration' || isNamed(node, parent)) continue;
    text.appendRight(node.start, '({operation:');
    text.prependLeft(node.end, '}).operation');
  }
}
