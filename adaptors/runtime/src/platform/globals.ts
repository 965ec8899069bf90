/*
 * The names that a job can use on every OpenFn host without declaring them (openfn FACTS §3). Any
 * other name is a ReferenceError there, whatever Node offers here: fetch, URL, process,
 * structuredClone...
 */

/** Part of the language, as of ES2023. `eval` is too, but the platform blocks it. */
const LANGUAGE = [
  'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView',
  'Date Error EvalError FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array',
  'Int32Array Int8Array Intl JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError',
  'Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array',
  'Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent',
  'encodeURI encodeURIComponent escape globalThis isFinite isNaN parseFloat parseInt undefined unescape',
];

/** Provided by the engine's context. */
const ENGINE = 'Buffer clearInterval clearTimeout console setInterval setTimeout state';

/** All names that a job may use without declaring or importing them. */
export const PLATFORM_GLOBALS: ReadonlySet<string> = new Set(
  [...LANGUAGE, ENGINE].flatMap(names => names.split(' ')),
);

/** Names that a condition of an edge may use: its context has little more than the language. */
export const CONDITION_GLOBALS: ReadonlySet<string> = new Set([
  ...LANGUAGE.flatMap(names => names.split(' ')),
  'console',
  'state',
  'upstreamStepId',
]);
