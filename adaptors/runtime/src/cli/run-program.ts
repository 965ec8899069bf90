import { CommanderError } from 'commander';
import { createProgram } from './program.js';

/**
 * Runs the command that `process.argv` names, and prints what it has to say.
 *
 * @returns the exit status
 */
export async function runProgram(): Promise<number> {
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
