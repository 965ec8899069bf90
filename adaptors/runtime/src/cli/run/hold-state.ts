import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { IntegrationError } from '#common/reporting/errors.js';
import { checkWritable } from '../../files/check-writable.js';
import {
  describe,
  type Holder,
  type Locks,
  takeLocks,
  type Waiting,
} from '../../files/file-locks.js';

/**
 * Holds the file of `--output` for one run, before its state is read: of two runs at once, the
 * second one would begin where the first one began, and then overwrite what it left. The lock is a
 * file beside it.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE` (configuration), `STATE_IN_USE` if another run holds it
 * for longer than a minute
 */
export async function holdState(
  output: string | undefined,
  workflow: string,
  waiting: Waiting = {},
): Promise<Locks> {
  if (output === undefined) return { release: () => {} };
  checkWritable(output, { isPrivate: true });
  // A pipe or a device holds no state.
  if (existsSync(output) && !statSync(output).isFile()) return { release: () => {} };
  const folder = realpathSync(path.dirname(output));
  const file = path.join(folder, `${path.basename(output)}.lock`);
  const wanted = { file, inUse: (other: Holder | undefined) => inUse(output, file, other) };
  return takeLocks(workflow, [wanted], waiting);
}

function inUse(output: string, lock: string, other: Holder | undefined): IntegrationError {
  return new IntegrationError({
    code: 'STATE_IN_USE',
    message: `Another run writes to the state file ${output}${describe(other)}. Its lock is ${lock}.`,
    fix: 'Run again when it has ended, or give this run a file of its own. If no such run exists, delete the lock.',
    details: { file: output, lock },
    retryable: true,
  });
}
