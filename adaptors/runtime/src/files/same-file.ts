import { realpathSync, statSync } from 'node:fs';

/** Whether a path is a plain file: not a folder, a device or a pipe, and not absent. */
export function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether two paths are one plain file. Either may be no file: `env`. */
export function isSameFile(one: string, other: string): boolean {
  return isFile(one) && isFile(other) && realpathSync(one) === realpathSync(other);
}
