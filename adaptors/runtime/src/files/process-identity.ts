import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/**
 * What distinguishes one process from all others. A process id alone does not: it is used again
 * after a restart, and every container has a process 1.
 */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Boot of the machine and start of the process since then; absent if the system does not tell. */
  began?: string;
  /** The process ids among which `pid` counts: each container has its own; absent as `began`. */
  space?: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const began = beginningOf(process.pid);
  const space = pidSpace();
  return {
    pid: process.pid,
    host: os.hostname(),
    ...(began === undefined ? {} : { began }),
    ...(space === undefined ? {} : { space }),
  };
}

/**
 * Whether a process still runs.
 *
 * @returns undefined for a process that cannot be told apart from here: of another host, of another
 * container, of another machine with the same name, or of a system without times of start
 */
export function isRunning({ pid, host, began, space }: ProcessIdentity): boolean | undefined {
  if (host !== os.hostname()) return undefined;
  if (space !== undefined && space !== pidSpace()) return undefined;
  if (began !== undefined && bootOf(began) !== bootOf(beginningOf(process.pid))) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginningOf(pid);
  return began === undefined || now === undefined ? undefined : began === now;
}

const bootOf = (began: string | undefined) => began?.split(' ')[0];

/** Boot of the machine and start of a process since then, if the system has /proc (proc(5), field 22). */
function beginningOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in brackets, and may itself contain blanks and brackets.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot} ${start}`;
  } catch {
    return undefined;
  }
}

/** pid_namespaces(7) */
function pidSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}
