import { parseArgs } from 'node:util';
import { RECORDED, type RecordedVersion } from '../dhis2/replay/recordings.js';

export const HELP = `Usage: npm run contracts -- [options]

Sends recorded requests to a server and compares its answers with those of the real DHIS2 that they
were recorded from. Without --url the server is the sandbox, seeded with the recorded world.

  --version 2.43.1     recorded version: ${Object.keys(RECORDED).join(', ')}; without it, each of them
  --only 262-338,016   show these pairs only (all are sent, as later ones need the earlier)
  --long               show every difference, not only the first two of a pair
  --update             take rows out of the table of allowed differences that are no longer needed
  --help               show this

With a real server:
  --url http://host    its address, with /api or not; wants --version. WRITES: first the recorded
                       world, then some 250 further requests that write. A server that has any org unit is
                       refused; use one that you can discard.
  --reads              with --url: sends only requests that read and need nothing of the recorded world,
                       to any server; compares the form of its answers, not their values
  --user NAME          account with all authorities, or DHIS2_USER; admin by default
  --password TEXT      or DHIS2_PASSWORD; district by default
  --out FILE           where all differences go as JSON; contracts-VERSION.json by default

Exit codes: 0 nothing differs but what the table allows; 1 something does, or the server is
refused; 2 bad usage.
`;

/** A real server, and how to come in. */
export interface ServerOptions {
  url: string;
  version: RecordedVersion;
  admin: { username: string; password: string };
  /** Whether only what reads is sent. */
  reads: boolean;
  out: string;
}

/** What the command is to do. */
export interface ContractOptions {
  versions: RecordedVersion[];
  isShown: (pair: string) => boolean;
  isLong: boolean;
  updates: boolean;
  help: boolean;
  server: ServerOptions | undefined;
}

/** A command that makes no sense; its message says why. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the arguments of the command.
 *
 * @param environment where name and password may stand, so that no list of processes shows them
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
    if (option) throw new UsageError(`--${option} goes with --url.`);
    return undefined;
  }
  if (version === undefined) throw new UsageError('--url wants --version, what to compare with.');
  if (values.update) throw new UsageError('--update is for the sandbox; it goes without --url.');
  if (!/^https?:\/\/[^/]+/.test(url)) throw new UsageError(`"${url}" is no address.`);
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
    if (!match) throw new UsageError(`"${part}" is no pair and no range, such as 016 or 262-338.`);
    return { from: match[1]!, to: match[2] ?? match[1]! };
  });
  return pair => ranges.some(({ from, to }) => pair >= from && pair <= to);
}
