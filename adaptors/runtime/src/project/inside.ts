import { realpathSync } from 'node:fs';
import path from 'node:path';

/** Longest name of a folder, in bytes: common file systems take 255. */
const MAX_NAME_BYTES = 200;

/**
 * Whether a path of project.yaml is written as one inside the project: relative to its folder, and
 * not leading out of it.
 */
export function isWrittenInside(given: string): boolean {
  const normal = path.normalize(given);
  return !path.isAbsolute(normal) && normal !== '..' && !normal.startsWith(`..${path.sep}`);
}

/**
 * Whether a file lies inside a folder once all symbolic links are followed. A file that does not
 * exist is nowhere, and is accepted: whoever reads it says so.
 */
export function liesInside(folder: string, file: string): boolean {
  try {
    return isWrittenInside(path.relative(realpathSync(folder), realpathSync(file)) || '.');
  } catch {
    return true;
  }
}

/**
 * What is wrong with the key or name of a workflow, as the rest of a sentence. A run writes into a
 * folder of that name.
 *
 * @returns undefined if it can name a folder
 */
export function folderNameProblem(name: string): string | undefined {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'is too long: 100 letters are enough';
  if (/[/\\]/.test(name)) return 'holds a slash: a run writes into a folder of that name';
  if (/^\s*\.*\s*$/.test(name)) return 'is empty, or only dots';
  return /\p{Cc}/u.test(name) ? 'holds a control character' : undefined;
}
