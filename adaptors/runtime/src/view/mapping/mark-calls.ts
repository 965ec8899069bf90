import type { AnyNode } from 'acorn';
import MagicString from 'magic-string';
import { parseJob } from '../../compile/parse-job.js';
import { readFreeIdentifiers, readParents } from '../../compile/scope.js';

/** The global through which a marked job tells what a call returned. */
export const MARK = '__madeAt';

/**
 * A job that tells where in its text it makes each object: `row('dob', ...)` becomes
 * `__madeAt(120, row('dob', ...))`. Its operations stay as they are.
 *
 * @param names of functions whose calls are marked
 * @throws IntegrationError `JOB_SYNTAX`
 */
export function markCalls(source: string, file: string, names: ReadonlySet<string>): string {
  const ast = parseJob(source, file);
  const parents = readParents(ast);
  const text = new MagicString(source);
  for (const identifier of readFreeIdentifiers(ast)) {
    const call = parents.get(identifier as AnyNode);
    if (call?.type !== 'CallExpression' || call.callee !== (identifier as AnyNode)) continue;
    if (!names.has(identifier.name) || parents.get(call)?.type === 'ExpressionStatement') continue;
    text.appendLeft(call.start, `${MARK}(${call.start}, `).appendRight(call.end, ')');
  }
  return text.toString();
}
