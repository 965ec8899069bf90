/*
 * Names that a job uses and that exist nowhere: not in the job, not among the exports of its
 * adaptor, not on the platform (openfn FACTS §3). Otherwise they show only when the step runs.
 */
import type { AnyNode } from 'acorn';
import { PLATFORM_GLOBALS } from '../../platform/globals.js';
import { suggest } from '../../project/suggest.js';
import type { CodeProblem, JobCode } from './code-problem.js';

const HTTP = 'Use an operation of the adaptor, or http.request of language-common.';
const STATE = 'A job gets its input in the state, and its secrets in the credential.';
const BYTES = 'Use Buffer.from(text) and buffer.toString().';
const NO_IMPORT = 'A job cannot import anything. Use the exports of its adaptor.';

/** Names of Node or a browser that the platform does not have, and what to use instead. */
const ELSEWHERE: Record<string, string> = {
  fetch: HTTP,
  axios: HTTP,
  Request: HTTP,
  Response: HTTP,
  Headers: HTTP,
  FormData: HTTP,
  XMLHttpRequest: HTTP,
  WebSocket: HTTP,
  URL: 'Build addresses with encodeURIComponent; read their parts with util.parseUrl.',
  URLSearchParams: 'Give the query as an object, or build it with encodeURIComponent.',
  process: STATE,
  global: STATE,
  window: STATE,
  document: STATE,
  localStorage: STATE,
  require: NO_IMPORT,
  module: NO_IMPORT,
  exports: NO_IMPORT,
  __dirname: NO_IMPORT,
  __filename: NO_IMPORT,
  crypto: 'Use util.uuid() for a random id.',
  structuredClone: 'Use JSON.parse(JSON.stringify(value)), or _.cloneDeep(value).',
  TextEncoder: BYTES,
  TextDecoder: BYTES,
  atob: BYTES,
  btoa: BYTES,
  Blob: BYTES,
  setImmediate: 'Use setTimeout(callback, 0).',
  queueMicrotask: 'Use Promise.resolve().then(callback).',
  performance: 'Use Date.now().',
  AbortController: HTTP,
  eval: 'The platform blocks code that is created from text.',
};

/** Names that code tests before it uses them are not a mistake: `typeof fetch`. */
function isAskedFor(name: string, { free, parents }: JobCode): boolean {
  return free.some(identifier => {
    const parent = parents.get(identifier);
    const isTypeof = parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
    return isTypeof && identifier.name === name;
  });
}

function toProblem(name: string, offset: number, { adaptor }: JobCode): CodeProblem {
  const rule = 'unknown-name';
  if (Object.hasOwn(ELSEWHERE, name)) {
    return { rule, offset, message: `The platform has no ${name}.`, fix: ELSEWHERE[name] };
  }
  if (name === 'collections') {
    const message =
      'The platform has collections, but this runtime does not: the job cannot run here.';
    return { rule, offset, message, isWarning: true };
  }
  const near = suggest(name, adaptor.exports);
  const message = `${name} is neither declared in the job nor exported by ${adaptor.name}.${near}`;
  return { rule, offset, message };
}

/** `Function('...')`, with or without `new`: the platform blocks it like `eval`. */
function isFunctionMaker(node: AnyNode, parents: JobCode['parents']): boolean {
  const parent = parents.get(node);
  return (
    (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') &&
    parent.callee === node
  );
}

/** One problem for each name, at its first place. */
export function findUnknownNames(code: JobCode): CodeProblem[] {
  const first = new Map(code.free.toReversed().map(node => [node.name, node]));
  const unknown = [...first.values()].filter(
    ({ name }) =>
      name !== '$' &&
      !PLATFORM_GLOBALS.has(name) &&
      !code.adaptor.exports.includes(name) &&
      !isAskedFor(name, code),
  );
  const made = code.free.find(
    node => node.name === 'Function' && isFunctionMaker(node, code.parents),
  );
  const blocked: CodeProblem[] = made
    ? [{ rule: 'unknown-name', offset: made.start, message: ELSEWHERE.eval! }]
    : [];
  return [...unknown.map(({ name, start }) => toProblem(name, start, code)), ...blocked];
}
