/*
 * Promise chains: `op(x).then(a)` at the top scope becomes `_defer(op(x), p => p.then(a))`, because
 * an operation is a function of state and no promise. A `.catch(h)` right after the operation becomes
 * the third argument: `op(x).catch(h).then(a)` → `_defer(op(x), p => p.then(a), h)`. `_defer` is
 * `defer` of @openfn/runtime (openfn FACTS §3). A chain inside a callback is left alone.
 */
import type { AnyNode, CallExpression, MemberExpression } from 'acorn';
import { walk } from 'zimmerframe';
import type { Job } from '../job.js';

const INNER_SCOPES = new Set([
  'ArrowFunctionExpression',
  'FunctionDeclaration',
  'FunctionExpression',
  'BlockStatement',
]);

/** `then` or `catch` when the call is one of a promise chain. */
function chainMethod(node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { computed, property } = node.callee;
  if (computed || property.type !== 'Identifier') return undefined;
  return /^(then|catch)$/.test(property.name) ? property.name : undefined;
}

/** The links of a chain from the operation outwards, or undefined when no call is at its root. */
function readChain(
  chain: CallExpression,
): { operation: CallExpression; links: CallExpression[] } | undefined {
  const links: CallExpression[] = [];
  let node: AnyNode = chain;
  while (chainMethod(node)) {
    links.unshift(node as CallExpression);
    node = ((node as CallExpression).callee as MemberExpression).object;
  }
  return node.type === 'CallExpression' ? { operation: node, links } : undefined;
}

/** Where the operation ends in the text, its own brackets included: `(get(x)).then(...)`. */
function readOperationEnd(
  job: Job,
  chain: CallExpression,
  operation: CallExpression,
  link: CallExpression,
): number {
  if (!job.source.slice(chain.start, operation.start).includes('(')) return operation.end;
  const { property } = link.callee as MemberExpression;
  const close = job.source.slice(operation.end, property.start).lastIndexOf(')');
  return close < 0 ? operation.end : operation.end + close + 1;
}

function rewriteChain(job: Job, chain: CallExpression, defer: string): boolean {
  const read = readChain(chain);
  const first = read?.links[0];
  if (!read || !first) return false;
  const { text } = job;
  const end = readOperationEnd(job, chain, read.operation, first);
  text.appendRight(chain.start, `${defer}(`);
  if (chainMethod(first) !== 'catch') {
    text.prependLeft(end, ', p => p');
    text.prependLeft(chain.end, ')');
    return true;
  }
  const handler = first.arguments[0];
  const rest = chain.end > first.end;
  if (rest) {
    // The links after the catch go before it: p => p.then(a), then the handler.
    text.move(first.end, chain.end, end);
    text.appendRight(first.end, ', p => p');
  } else {
    text.prependLeft(end, ', undefined');
  }
  if (handler) {
    text.update(end, handler.start, ', ');
    text.update(handler.end, first.end, ')');
  } else {
    text.update(end, first.end, ')');
  }
  return true;
}

/** `_defer`, or with a number appended if the job declares or uses that name itself. */
function pickName({ parents, free }: Job): string {
  const undeclared = new Set<AnyNode>(free);
  const taken = new Set(
    [...parents.keys()].map(node =>
      node.type === 'Identifier' && !undeclared.has(node) ? node.name : '',
    ),
  );
  let name = '_defer';
  for (let number = 2; taken.has(name); number += 1) name = `_defer${number}`;
  return name;
}

/** Rewrites every promise chain at the top scope; adds the import of `_defer` if there is one. */
export function promises(job: Job): void {
  const name = pickName(job);
  let count = 0;
  walk(job.ast as AnyNode, null, {
    _(node, { next }) {
      if (INNER_SCOPES.has(node.type)) return;
      if (chainMethod(node) && rewriteChain(job, node as CallExpression, name)) count += 1;
      else next();
    },
  });
  if (count > 0) job.text.prepend(`import { defer as ${name} } from "@openfn/runtime";\n`);
}
