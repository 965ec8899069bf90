import { CommanderError } from 'commander';
import { printError } from './print/print-lines.js';
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
    const { message, stack = '' } = error as Error;
    const isVerbose = process.argv.includes('--verbose');
    const more = isVerbose ? stack.split('\n') : ['  Run with --verbose for the stack.'];
    printError([`Error: ${message}`, ...more]);
    return 1;
  }
}
