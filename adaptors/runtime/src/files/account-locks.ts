import { createHash, randomBytes } from 'node:crypto';
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { IntegrationError } from '#common/reporting/errors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';
import { makeFolder } from './write-atomically.js';

/** How long a run waits for another one, and how often it checks. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 250;
/**
 * A run touches its locks at the first interval; a lock of another host that is older than the
 * second belongs to a run that has ended.
 */
const TOUCH_MS = 10_000;
const FORGOTTEN_MS = 120_000;

/** What a lock says about the run that holds it. */
interface Holder extends ProcessIdentity {
  workflow: string;
  since: string;
}

/** The accounts that a run has for itself. */
export interface AccountLocks {
  release(): void;
}

/**
 * Locks accounts for one run. Two runs with one account would end each other's sessions, switch the
 * active outbreak under each other, and write the same record twice (godata FACTS §1.2, §1.6). A
 * lock is a file in the project's folder. A lock is taken over if its process has ended, if its
 * other host has not touched it for two minutes, or if it cannot be read.
 *
 * @param folder of the locks
 * @param accounts credentials, by name; only their digest is written
 * @throws IntegrationError `ACCOUNT_IN_USE` if another run holds one for longer than a minute
 */
export async function lockAccounts(
  folder: string,
  workflow: string,
  accounts: Readonly<Record<string, unknown>>,
  patienceMs = PATIENCE_MS,
): Promise<AccountLocks> {
  const text = JSON.stringify({ ...ownIdentity(), workflow, since: new Date().toISOString() });
  const held: string[] = [];
  const touching = setInterval(() => held.forEach(touch), TOUCH_MS).unref();
  const release = () => {
    clearInterval(touching);
    for (const file of held.splice(0)) if (readText(file) === text) rmSync(file, { force: true });
    process.off('exit', release);
  };
  process.on('exit', release);
  try {
    // Every run locks in the same order, so that two runs never wait for each other.
    // Two credentials of one account have one lock.
    const files = new Map(
      Object.entries(accounts).map(([name, value]) => [fileOf(folder, value), name]),
    );
    for (const [file, name] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await take(file, name, text, patienceMs);
      held.push(file);
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

async function take(file: string, name: string, text: string, patienceMs: number): Promise<void> {
  makeFolder(path.dirname(file), { isPrivate: true });
  for (const deadline = Date.now() + patienceMs; ; ) {
    if (createWhole(file, text)) return;
    const other = readText(file);
    if (other === undefined) continue;
    if (hasEnded(file, other)) removeIfStill(file, other);
    else if (Date.now() >= deadline) throw inUse(file, name, parseHolder(other));
    else await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

/** Creates a file with its content in one step, so that nobody ever reads half a lock. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function hasEnded(file: string, text: string): boolean {
  const holder = parseHolder(text);
  if (!holder) return true;
  const running = isRunning(holder);
  if (running !== undefined) return !running;
  const touchedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - touchedMs > FORGOTTEN_MS;
}

/** Removes a lock, unless another run has taken it in the meantime. */
function removeIfStill(file: string, text: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
    if (readText(aside) !== text) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  rmSync(aside, { force: true });
}

/** @returns undefined if the lock is gone */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @returns undefined for a file that is not a complete lock: empty, or cut off */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, workflow } = JSON.parse(text) as Holder;
    const isOurs =
      Number.isInteger(pid) && typeof host === 'string' && typeof workflow === 'string';
    return isOurs ? (JSON.parse(text) as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody removed it by hand. The run continues, as it would without the file.
  }
}

function inUse(file: string, name: string, other: Holder | undefined): IntegrationError {
  const run = other
    ? ` (${other.workflow}, process ${other.pid} on ${other.host}, since ${other.since})`
    : '';
  return new IntegrationError({
    code: 'ACCOUNT_IN_USE',
    message: `Another run uses the account "${name}"${run}. Its lock is ${file}.`,
    fix: 'Run again when it has ended, or give each workflow its own account. If no such run exists, delete the lock.',
    details: { credential: name, lock: file },
    retryable: true,
  });
}
