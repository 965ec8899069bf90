import { randomBytes } from 'node:crypto';
import {
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';
import { makeFolder } from './write-atomically.js';

/** How long a run waits for another one, and how often it checks. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 250;
/**
 * A run touches its locks at the first interval; a lock of a process that cannot be seen, and that
 * is older than the second, belongs to a run that has ended. The second is shorter than the
 * patience, so that the run that finds such a lock can still begin.
 */
const TOUCH_MS = 10_000;
const FORGOTTEN_MS = 45_000;

/** What a lock says about the run that holds it. */
export interface Holder extends ProcessIdentity {
  workflow: string;
  since: string;
}

/** Which run holds a lock, in brackets; nothing if the lock does not say. */
export function describe(other: Holder | undefined): string {
  return other
    ? ` (${other.workflow}, process ${other.pid} on ${other.host}, since ${other.since})`
    : '';
}

/** A file that only one run may hold at a time. */
export interface WantedLock {
  file: string;
  /** The error if another run does not let it go. `other` is undefined if the file does not say who. */
  inUse(other: Holder | undefined): IntegrationError;
}

/** How to wait for locks. */
export interface Waiting {
  /** How long to wait for another run. */
  patienceMs?: number | undefined;
  /** After how long a lock that nobody touches belongs to a run that has ended. */
  forgottenMs?: number | undefined;
  /** Called once for each lock that another run holds, before the wait. */
  onWait?: ((error: IntegrationError) => void) | undefined;
}

type ResolvedWaiting = Waiting & { patienceMs: number; forgottenMs: number };

/** Locks that a run holds. */
export interface Locks {
  release(): void;
}

/**
 * Takes locks for one run, in the order of their paths, so that two runs never wait for each other.
 * A lock is a file with the identity of its run. It is taken over if its process has ended, if it
 * says nothing, or if a process that cannot be seen from here has not touched it for 45 seconds.
 *
 * @throws IntegrationError of the lock, if another run holds it for longer than the patience;
 * `LOCK_UNWRITABLE` (configuration)
 */
export async function takeLocks(
  workflow: string,
  wanted: readonly WantedLock[],
  { patienceMs = PATIENCE_MS, forgottenMs = FORGOTTEN_MS, onWait }: Waiting = {},
): Promise<Locks> {
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
    for (const lock of [...wanted].sort((a, b) => (a.file < b.file ? -1 : 1))) {
      await take(lock, text, { patienceMs, forgottenMs, onWait }).catch(error =>
        refuse(lock.file, error),
      );
      held.push(lock.file);
    }
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

function refuse(file: string, error: Error): never {
  if (error instanceof IntegrationError) throw error;
  throw configurationError(
    'LOCK_UNWRITABLE',
    `The lock ${file} cannot be written: ${error.message}.`,
    {
      fix: 'Free disk space, or correct the permissions of its folder. Nothing was run.',
      details: { file },
    },
  );
}

async function take(
  { file, inUse }: WantedLock,
  text: string,
  { patienceMs, forgottenMs, onWait }: ResolvedWaiting,
): Promise<void> {
  makeFolder(path.dirname(file), { isPrivate: true });
  let hasTold = false;
  // Not the time of day, which may be set meanwhile.
  for (const deadline = performance.now() + patienceMs; ; ) {
    const now = createWhole(file, text);
    if (now === undefined) return;
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) continue;
    const other = readText(file);
    if (hasEnded(file, other, now - forgottenMs) && removeIfStill(file, other)) continue;
    if (performance.now() >= deadline) throw inUse(parseHolder(other));
    if (!hasTold) onWait?.(inUse(parseHolder(other)));
    hasTold = true;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

/**
 * Creates a file with its content in one step, so that nobody ever reads half a lock.
 *
 * @returns undefined if it was created; otherwise the present of the file system, in milliseconds
 */
function createWhole(file: string, text: string): number | undefined {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    linkOrWrite(draft, file, text);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return statSync(draft).ctimeMs;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Some file systems have no links, such as FAT and network shares. */
function linkOrWrite(draft: string, file: string, text: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
}

/**
 * Whether the run of a lock has ended.
 *
 * @param text of the lock; undefined for what cannot be read: a folder, or the lock of another user
 * @param lastTouch when a running run would have touched it at the latest. Only times of change are
 * compared, which the file system sets: the clocks of two hosts may differ, and are set while runs wait
 */
function hasEnded(file: string, text: string | undefined, lastTouch: number): boolean {
  const holder = parseHolder(text);
  if (text !== undefined && !holder) return true;
  const running = holder && isRunning(holder);
  if (running !== undefined) return !running;
  const touched = lstatSync(file, { throwIfNoEntry: false })?.ctimeMs ?? lastTouch;
  return touched < lastTouch;
}

/**
 * Removes a lock, unless another run has taken it in the meantime.
 *
 * @returns false if it cannot be removed, such as a folder with something in it
 */
function removeIfStill(file: string, text: string | undefined): boolean {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      rmdirSync(file);
      return true;
    }
    renameSync(file, aside);
    const now = readText(aside);
    if (now !== text) linkOrWrite(aside, file, now ?? '');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EACCES', 'ENOTEMPTY', 'EPERM'].includes(code)) return false;
    if (!['ENOENT', 'EEXIST'].includes(code)) throw error;
  }
  rmSync(aside, { force: true });
  return true;
}

/** @returns undefined if the lock is gone, or cannot be read */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @returns undefined for a file that is not a complete lock: empty, or cut off */
function parseHolder(text: string | undefined): Holder | undefined {
  try {
    const holder = JSON.parse(text ?? '') as Holder;
    const { pid, host, workflow } = holder;
    const isOurs =
      Number.isInteger(pid) && typeof host === 'string' && typeof workflow === 'string';
    return isOurs ? holder : undefined;
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
