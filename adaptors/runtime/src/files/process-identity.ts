import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * What distinguishes one process from all others. A process id alone does not: it is used again
 * after a restart, and every container has a process 1.
 */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** When the process began, as the system counts; absent if the system does not tell. */
  began?: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const began = beginningOf(process.pid);
  return { pid: process.pid, host: os.hostname(), ...(began === undefined ? {} : { began }) };
}

/** Whether a process of this host still runs; undefined for another host, which cannot be seen. */
export function isRunning({ pid, host, began }: ProcessIdentity): boolean | undefined {
  if (host !== os.hostname()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginningOf(pid);
  return began === undefined || now === undefined || began === now;
}

/** Boot of the machine and start of the process since then, if the system has /proc (proc(5), field 22). */
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
