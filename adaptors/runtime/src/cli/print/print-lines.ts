import { visible } from './visible.js';

/** Prints lines on stdout, each on one line whatever it contains. */
export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
}

/** Prints lines on stderr, each on one line whatever it contains. */
export function printError(lines: readonly string[]): void {
  process.stderr.write(`${lines.map(visible).join('\n')}\n`);
}
