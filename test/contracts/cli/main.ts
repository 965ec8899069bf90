import { writeFileSync } from 'node:fs';
import { readAllowed, shrink, writeAllowed } from '../dhis2/allowed.js';
import { report } from '../dhis2/replay/print.js';
import { readRecordings } from '../dhis2/replay/recordings.js';
import { MAKES_THE_WORLD, type Outcome, replay } from '../dhis2/replay/replay.js';
import { startSandboxTarget } from '../dhis2/replay/sandbox-target.js';
import {
  type ContractOptions,
  HELP,
  readOptions,
  type ServerOptions,
  UsageError,
} from './options.js';
import { formOnly, needsNoWorld } from './reads.js';
import { lookAt, requireEmpty, requireWorld, ServerRefused } from './real-server.js';

/**
 * The command line of the contract tests.
 * @returns the exit status: 0, 1 for a difference that the table does not allow, 2 for wrong usage
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args, process.env);
    if (options.help) {
      process.stdout.write(HELP);
      return 0;
    }
    if (options.server) return await compareServer(options, options.server);
    return await compareSandbox(options);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${HELP}`);
      return 2;
    }
    if (!(error instanceof ServerRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function compareSandbox({ versions, isShown, isLong, updates }: ContractOptions) {
  let code = 0;
  for (const version of versions) {
    const target = await startSandboxTarget(version);
    const outcomes = await replay(readRecordings(version), target, MAKES_THE_WORLD);
    await target.server.close();
    if (updates) writeAllowed(shrink(readAllowed(), version, outcomes));
    const rows = readAllowed().filter(row => row.version === version);
    const text = report(outcomes, ({ recording }) => isShown(recording.pair), rows, isLong);
    process.stdout.write(`Sandbox as DHIS2 ${version}\n${text}\n`);
    if (/^ {2}table:/m.test(text)) code = 1;
  }
  return code;
}

async function compareServer({ isShown, isLong }: ContractOptions, server: ServerOptions) {
  const { target, version } = await lookAt(server);
  if (!server.reads) await requireEmpty(server);
  const recordings = readRecordings(server.version);
  const sent = server.reads ? recordings.filter(needsNoWorld) : recordings;
  process.stdout.write(
    `${server.url}, DHIS2 ${version}, compared with the recordings of ${server.version}: ${sent.length} requests` +
      `${server.reads ? ' that only read' : ', the first of which write the recorded world'}\n`,
  );
  const all = await replay(sent, target, [], requireWorld);
  const outcomes = server.reads ? all.map(formOnly) : all;
  const text = report(outcomes, ({ recording }) => isShown(recording.pair), undefined, isLong);
  process.stdout.write(`${text}\n`);
  const differing = outcomes.filter(({ verdict }) => verdict !== 'alike');
  writeDifferences(server.out, version, differing);
  process.stdout.write(
    `${differing.length} answers differ; all differences are in ${server.out}\n`,
  );
  return differing.length === 0 ? 0 : 1;
}

function writeDifferences(file: string, version: string, outcomes: readonly Outcome[]): void {
  const rows = outcomes.map(({ recording, verdict, differences }) => ({
    ...{ pair: recording.name, request: `${recording.request.method} ${recording.request.path}` },
    ...{ verdict, differences },
  }));
  writeFileSync(file, `${JSON.stringify({ server: version, rows }, null, 2)}\n`);
}
