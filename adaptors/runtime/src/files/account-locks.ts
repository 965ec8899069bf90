import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { IntegrationError } from '../../../common/src/errors.js';

/** How long a run waits for another one, and how often it looks. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 250;

/** What a lock says of the run that holds it. */
interface Holder {
  pid: number;
  workflow: string;
  since: string;
}

/** Accounts that a run has to itself. */
export interface AccountLocks {
  release(): void;
}

/**
 * Takes accounts for one run. Two runs with one account would end each other's sessions, switch the
 * active outbreak under each other, and write the same record twice (godata FACTS §1.2, §1.6). A lock
 * is a file in the project's folder; one whose process has gone is taken over.
 *
 * @param folder of the locks
 * @param accounts credentials, by name; only their digest is written
 * @throws IntegrationError `ACCOUNT_IN_USE` when another run holds one for longer than a minute
 */
export async function lockAccounts(
  folder: string,
  workflow: string,
  accounts: Readonly<Record<string, unknown>>,
  patienceMs = PATIENCE_MS,
): Promise<AccountLocks> {
  const held: string[] = [];
  const release = () => {
    for (const file of held.splice(0)) rmSync(file, { force: true });
    process.off('exit', release);
  };
  process.on('exit', release);
  try {
    // In one order for every run: two that want the same ones never wait for each other.
    const files = Object.entries(accounts).map(([name, value]) => [fileOf(folder, value), name]);
    for (const [file, name] of files.sort(([a], [b]) => (a! < b! ? -1 : 1))) {
      await take(file!, name!, workflow, patienceMs);
      held.push(file!);
    }
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

function fileOf(folder: string, credential: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(credential)).digest('hex').slice(0, 16);
  return path.join(folder, `${digest}.json`);
}

async function take(
  file: string,
  name: string,
  workflow: string,
  patienceMs: number,
): Promise<void> {
  const holder: Holder = { pid: process.pid, workflow, since: new Date().toISOString() };
  mkdirSync(path.dirname(file), { recursive: true });
  for (const deadline = Date.now() + patienceMs; ; ) {
    try {
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = readHolder(file);
    if (other && !isAlive(other.pid)) rmSync(file, { force: true });
    else if (Date.now() >= deadline) throw inUse(name, other);
    else await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

/** @returns undefined when the lock has gone, or is just being written */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(name: string, other: Holder | undefined): IntegrationError {
  const who = other ? ` (${other.workflow}, process ${other.pid}, since ${other.since})` : '';
  return new IntegrationError({
    code: 'ACCOUNT_IN_USE',
    message: `Another run uses the account "${name}"${who}.`,
    fix: 'Run again when it has ended, or give each workflow an account of its own.',
    details: { credential: name },
    retryable: true,
  });
}
