import { toRunError } from '../engine/run-error.js';
import { type ExitStatus, exitStatusOf } from '../run/exit-status.js';
import { formatError } from './print/errors.js';
import { printError } from './print/print-lines.js';

/**
 * Runs a command that uses no servers, and says on stderr why it failed.
 *
 * @returns the exit status: 2 for what the user can correct, 1 for anything else
 */
export async function reportErrors(command: () => Promise<ExitStatus>): Promise<ExitStatus> {
  try {
    return await command();
  } catch (cause) {
    // Any other error is a defect of this project: the program prints it with its stack.
    if (!(cause instanceof Error && cause.name === 'IntegrationError')) throw cause;
    const error = toRunError(cause);
    printError(formatError(error));
    return exitStatusOf([error], 0);
  }
}
