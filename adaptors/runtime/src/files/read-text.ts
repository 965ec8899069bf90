import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { configurationError } from '#common/reporting/errors.js';
import { isFile } from './same-file.js';

/** A file that the user names on the command line or in project.yaml. */
export interface NamedFile {
  path: string;
  /** What it is, for messages: `credentials file`. */
  what: string;
  /** Prefix of the error codes: `CREDENTIALS` gives `CREDENTIALS_NOT_FOUND`. */
  code: string;
  /** What to do if it does not exist. */
  fix: string;
  /** What to do if its content cannot be used, if there is more to say than where the mistake is. */
  fixContent?: string;
}

/** PowerShell 5 writes UTF-16 for `>`, with these bytes first. Of a pipe, nothing is read ahead. */
function encodingOf(path: string): 'utf8' | 'utf16le' {
  if (!isFile(path)) return 'utf8';
  const file = openSync(path, 'r');
  try {
    const mark = Buffer.alloc(2);
    readSync(file, mark, 0, 2, 0);
    return mark.readUInt16LE() === 0xfeff ? 'utf16le' : 'utf8';
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a text file, in UTF-8 or UTF-16.
 *
 * @throws IntegrationError `<CODE>_NOT_FOUND` or `<CODE>_UNREADABLE`, kind `configuration`
 */
export function readText({ path, what, code, fix }: NamedFile): string {
  try {
    if (statSync(path).isDirectory()) {
      throw configurationError(`${code}_UNREADABLE`, `The ${what} ${path} is a folder.`, { fix });
    }
    return readFileSync(path, encodingOf(path)).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code: reason } = error as { code?: string };
    if (reason === 'ENOENT' || reason === 'ENOTDIR') {
      throw configurationError(`${code}_NOT_FOUND`, `There is no ${what} ${path}.`, { fix });
    }
    if (reason === 'EACCES' || reason === 'EPERM') {
      const message = `The ${what} ${path} cannot be read: this user has no permission.`;
      throw configurationError(`${code}_UNREADABLE`, message, { fix: 'Check its permissions.' });
    }
    throw error;
  }
}
