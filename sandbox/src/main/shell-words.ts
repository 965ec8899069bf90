import path from 'node:path';

/** A word as a user would type it in a shell. */
export function toShellWord(word: string): string {
  return /^[\w./\\:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path as a user would type it in the current folder: relative if it is below it. */
export function toShellPath(file: string): string {
  const absolute = path.resolve(file);
  const relative = path.relative('', absolute);
  return toShellWord(relative === '' || relative.startsWith('..') ? absolute : relative);
}
