import { parseArgs } from 'node:util';
import { RECORDED, type RecordedVersion } from '../dhis2/replay/recordings.js';

export const HELP = `Usage: npm run contracts -- [options]

Sends recorded requests to a server and compares its answers with those of the real DHIS2 that they
were recorded from. Without --url the server is the sandbox, seeded with the recorded world.

  --version 2.43.1     recorded version: ${Object.keys(RECORDED).join(', ')}; without it, all of them
  --only 262-338,016   show these pairs only (all are sent, because later ones need earlier ones)
  --long               show every difference, not only the first two of a pair
  --update             remove rows that are no longer needed from the table of allowed differences
  --help               show this text

With a real server:
  --url http://host    its address, with or without /api; needs --version. WRITES: first the recorded
                       world, then some 250 more requests that write. A server with any org unit is
                       refused; use a server that you can discard.
  --reads              with --url: send only requests that read and need nothing of the recorded world,
                       to any server; compare the form of its answers, not their values
  --user NAME          account with all authorities; also DHIS2_USER; default: admin
  --password TEXT      its password; also DHIS2_PASSWORD; default: district
  --out FILE           file for all differences, as JSON; default: contracts-VERSION.json

Exit status: 0 no difference except those that the table allows; 1 another difference, or the
server was refused; 2 wrong usage.
`;

/** A real server, and an account there. */
export interface ServerOptions {
  url: string;
  version: RecordedVersion;
  admin: { username: string; password: string };
  /** Whether to send only requests that read. */
  reads: boolean;
  out: string;
}

/** What the command has to do. */
export interface ContractOptions {
  versions: RecordedVersion[];
  isShown: (pair: string) => boolean;
  isLong: boolean;
  updates: boolean;
  help: boolean;
  server: ServerOptions | undefined;
}

/** Wrong usage of the command; the message says why. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the arguments of the command.
 *
 * @param environment may hold name and password, so that no list of processes shows them
 * @throws UsageError
 */
export function readOptions(args: readonly string[], environment: Environment): ContractOptions {
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
    server: readServer(values, environment),
  };
}

type Values = ReturnType<typeof parse>;

function readServer(values: Values, environment: Environment): ServerOptions | undefined {
  const { url, version } = values;
  if (url === undefined) {
    const option = (['reads', 'user', 'password', 'out'] as const).find(name => values[name]);
    if (option) throw new UsageError(`--${option} needs --url.`);
    return undefined;
  }
  if (version === undefined)
    throw new UsageError('--url needs --version: the recordings to compare with.');
  if (values.update) throw new UsageError('--update is for the sandbox only: omit --url.');
  if (!/^https?:\/\/[^/]+/.test(url)) throw new UsageError(`"${url}" is not an address.`);
  return {
    url: url.replace(/(\/api)?\/*$/, ''),
    version: version as RecordedVersion,
    admin: {
      username: values.user ?? environment.DHIS2_USER ?? 'admin',
      password: values.password ?? environment.DHIS2_PASSWORD ?? 'district',
    },
    reads: values.reads === true,
    out: values.out ?? `contracts-${version}.json`,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ version: { type: 'string' }, only: { type: 'string' }, long: { type: 'boolean' } },
        ...{ update: { type: 'boolean' }, help: { type: 'boolean' }, reads: { type: 'boolean' } },
        ...{ url: { type: 'string' }, user: { type: 'string' }, password: { type: 'string' } },
        out: { type: 'string' },
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
    if (!match)
      throw new UsageError(
        `"${part}" is not the number of a pair or a range, such as 016 or 262-338.`,
      );
    return { from: match[1]!, to: match[2] ?? match[1]! };
  });
  return pair => ranges.some(({ from, to }) => pair >= from && pair <= to);
}
