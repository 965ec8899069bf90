import { readAllowed, shrink, writeAllowed } from '../dhis2/allowed.js';
import { report } from '../dhis2/replay/print.js';
import { readRecordings } from '../dhis2/replay/recordings.js';
import { MAKES_THE_WORLD, replay } from '../dhis2/replay/replay.js';
import { startSandboxTarget } from '../dhis2/replay/sandbox-target.js';
import { type ContractOptions, HELP, readOptions, UsageError } from './options.js';

/**
 * The command line of the contract tests.
 * @returns the exit code: 0, 1 when something differs that the table does not allow, 2 for bad usage
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      process.stdout.write(HELP);
      return 0;
    }
    return await compareSandbox(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${HELP}`);
    return 2;
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
