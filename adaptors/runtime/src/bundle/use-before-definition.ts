import type { AnyNode, Program } from 'acorn';
import { jobError } from '../compile/job-error.js';
import { readFreeIdentifiers, readParents } from '../compile/scope.js';

/** Whether a node is evaluated together with the module: not inside a function or an operation. */
function isEvaluatedEarly(node: AnyNode, parents: Map<AnyNode, AnyNode>): boolean {
  let child = node;
  for (let parent = parents.get(node); parent; child = parent, parent = parents.get(parent)) {
    if (/Function/.test(parent.type)) return false;
    if (parent.type === 'Program') break;
  }
  return !(child.type === 'ExpressionStatement' && child.expression.type === 'CallExpression');
}

/**
 * Refuses a job whose constants need a namespace or a class of the adaptor while they are created:
 * in a bundle these exist only later.
 *
 * @param names such exports of the adaptor
 * @throws IntegrationError `BUNDLE_EARLY_USE`, kind `configuration`, with file, line and column
 */
export function refuseUseBeforeDefinition(
  { source, file, ast }: { source: string; file: string; ast: Program },
  names: Set<string>,
): void {
  const parents = readParents(ast);
  const early = readFreeIdentifiers(ast).find(
    identifier => names.has(identifier.name) && isEvaluatedEarly(identifier, parents),
  );
  if (!early) return;
  throw jobError(file, source, {
    code: 'BUNDLE_EARLY_USE',
    message: `${early.name} of the adaptor is used before it exists in a bundle.`,
    fix: `Use ${early.name} inside an operation or a function.`,
    offset: early.start,
  });
}
