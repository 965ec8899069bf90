import { lstatSync, statSync } from 'node:fs';

/**
 * Refuses to write through a symbolic link: whoever placed it would decide which file is replaced. A
 * link to a device or a pipe, such as `/dev/stdout`, is accepted.
 *
 * @throws Error
 */
export function refuseLink(file: string): void {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const target = statSync(file, { throwIfNoEntry: false });
  if (target && !target.isFile() && !target.isDirectory()) return;
  throw new Error('it is a symbolic link');
}
