import { parseArgs } from 'node:util';
import { RECORDED, type RecordedVersion } from '../dhis2/replay/recordings.js';

export const HELP = `Usage: npm run contracts -- [options]

Sends the recorded requests to a server and compares its answers with those of the real DHIS2 that
they were recorded from. Without --url the server is the sandbox.

  --version 2.43.1     recorded version: ${Object.keys(RECORDED).join(', ')}; without it, each of them
  --only 262-338,016   show these pairs only (all are sent, as later ones need the earlier)
  --long               show every difference, not only the first two of a pair
  --update             take rows out of the table of allowed differences that are no longer needed
  --help               show this
`;

/** What the command is to do. */
export interface ContractOptions {
  versions: RecordedVersion[];
  isShown: (pair: string) => boolean;
  isLong: boolean;
  updates: boolean;
  help: boolean;
}

/** A command that makes no sense; its message says why. */
export class UsageError extends Error {}

/**
 * Reads the arguments of the command.
 * @throws UsageError
 */
export function readOptions(args: readonly string[]): ContractOptions {
  const values = parse(args);
  const { version } = values;
  if (version !== undefined && !(version in RECORDED)) {
    throw new UsageError(`There are no recordings of "${version}".`);
  }
  const all = Object.keys(RECORDED) as RecordedVersion[];
  return {
    versions: version ? [version as RecordedVersion] : all,
    isShown: pairFilter(values.only),
    isLong: values.long === true,
    updates: values.update === true,
    help: values.help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        version: { type: 'string' },
        only: { type: 'string' },
        long: { type: 'boolean' },
        update: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function pairFilter(only: string | undefined): (pair: string) => boolean {
  if (only === undefined) return () => true;
  const ranges = only.split(',').map(part => {
    const match = /^(\d{3})(?:-(\d{3}))?$/.exec(part.trim());
    if (!match) throw new UsageError(`"${part}" is no pair and no range, such as 016 or 262-338.`);
    return { from: match[1]!, to: match[2] ?? match[1]! };
  });
  return pair => ranges.some(({ from, to }) => pair >= from && pair <= to);
}
