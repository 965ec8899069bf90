import { readJsonFile } from './files.js';

/** The path of a JSON file, or its content. */
export type JsonSource = string | object;

/** The content of a JSON file, and what messages call it. */
export interface JsonFile {
  path: string;
  content: unknown;
}

/**
 * Reads a source.
 *
 * @param what the kind of file, such as `labels`
 * @param fix what to do if it cannot be read
 * @throws UsageError if it is a path, and the file cannot be read or is not JSON
 */
export function readSource(source: JsonSource, what: string, fix: string): JsonFile {
  return typeof source === 'string'
    ? { path: source, content: readJsonFile({ path: source, what, fix }) }
    : { path: `the given ${what}`, content: source };
}
