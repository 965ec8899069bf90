import { createHash } from 'node:crypto';
import path from 'node:path';
import { IntegrationError } from '#common/reporting/errors.js';
import {
  describe,
  type Holder,
  type Locks,
  takeLocks,
  type Waiting,
  type WantedLock,
} from './file-locks.js';

/**
 * Locks accounts for one run. Two runs with one account would end each other's sessions, switch the
 * active outbreak under each other, and write the same record twice (godata FACTS §1.2, §1.6).
 *
 * @param folder of the locks
 * @param accounts credentials, by name; only their digest is written
 * @throws IntegrationError `ACCOUNT_IN_USE` if another run holds one for longer than a minute
 */
export function lockAccounts(
  folder: string,
  workflow: string,
  accounts: Readonly<Record<string, unknown>>,
  waiting: Waiting = {},
): Promise<Locks> {
  // Two credentials of one account have one lock.
  const files = new Map(
    Object.entries(accounts).map(([name, value]) => [fileOf(folder, value), name]),
  );
  const wanted = [...files].map(([file, name]): WantedLock => {
    return { file, inUse: other => inUse(file, name, other) };
  });
  return takeLocks(workflow, wanted, waiting);
}

function fileOf(folder: string, credential: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(credential)).digest('hex').slice(0, 16);
  return path.join(folder, `${digest}.json`);
}

function inUse(file: string, name: string, other: Holder | undefined): IntegrationError {
  return new IntegrationError({
    code: 'ACCOUNT_IN_USE',
    message: `Another run uses the account "${name}"${describe(other)}. Its lock is ${file}.`,
    fix: 'Run again when it has ended, or give each workflow its own account. If no such run exists, delete the lock.',
    details: { credential: name, lock: file },
    retryable: true,
  });
}
