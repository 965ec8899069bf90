import { compileJob } from '#runtime/index.js';

export const COMMON = '@openfn/language-common';
const EXPORTS = [
  'default',
  'fn',
  'get',
  'post',
  'each',
  'fnIf',
  'http',
  'map',
  'upsertDataSet',
  'dateFns',
  'field',
  '_',
];

/** Compiles a job with an adaptor of the usual exports, or the given ones. */
export function compile(source: string, exports = EXPORTS) {
  return compileJob({
    source,
    file: 'jobs/a.js',
    name: 'a',
    adaptors: [{ name: COMMON, exports }],
  });
}

/** The operations of a job as text, one per line. */
export function operationsOf(source: string): string {
  const { code } = compile(source);
  return code.slice(code.indexOf('export default [') + 16, code.lastIndexOf(']')).trim();
}

/** Names that a job imports from its adaptor. */
export function importsOf(source: string): string[] {
  const found = /^import \{ (.*) \} from "@openfn\/language-common";$/m.exec(compile(source).code);
  return found?.[1]?.split(', ').sort() ?? [];
}

/** The error of a job that cannot be compiled. */
export function errorOf(
  source: string,
): Error & { details?: unknown; code?: string; kind?: string } {
  try {
    compile(source);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`compiled: ${source}`);
}
