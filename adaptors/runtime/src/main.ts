/*
 * The program behind `godata-dhis2`; bin/godata-dhis2.js starts it with the flag that the engine needs.
 */
import { CommanderError } from 'commander';
import { createProgram } from './cli/program.js';

async function main(): Promise<number> {
  let status = 0;
  try {
    await createProgram(exitStatus => {
      status = exitStatus;
    }).parseAsync();
    return status;
  } catch (error) {
    // commander has printed what is wrong; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`Error: ${(error as Error).message}\n`);
    process.stderr.write(
      process.argv.includes('--verbose')
        ? `${(error as Error).stack}\n`
        : '  Run with --verbose for the stack.\n',
    );
    return 1;
  }
}

const status = await main();
// Sockets that adaptors keep open must not keep the command waiting; what is printed must get out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
