import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error.js';

/** A file that the user named: its kind, and what to do if it is something else. */
export interface InputFile {
  path: string;
  /** `case list`, `org unit list`. */
  what: string;
  fix: string;
}

/**
 * Reads a JSON file. An error does not repeat the content, which is personal data.
 *
 * @throws UsageError if it cannot be read or is not JSON
 */
export function readJsonFile(file: InputFile): unknown {
  let text: string;
  try {
    text = readFileSync(file.path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }[code ?? ''];
    throw new UsageError(
      `The ${file.what} ${file.path} cannot be read: ${reason ?? code}.`,
      file.fix,
    );
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = position ? ` (line ${text.slice(0, Number(position)).split('\n').length})` : '';
    throw new UsageError(`The ${file.what} ${file.path} is not JSON${line}.`, file.fix);
  }
}

/** Writes a file in one step: a reader finds the old or the new content, never half of it. */
export function writeJsonFile(file: string, content: unknown, indent?: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(content, null, indent)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
