import { randomInt } from 'node:crypto';
import type { SeedUser } from '../types.js';
import type { ImportSummary } from './summary.js';

/** An asynchronous import. */
export interface ImportJob {
  id: string;
  /** Only the user who started a job can follow it (dhis2 FACTS §1.8). */
  userId: string;
  startedAt: Date;
  /** How often its notifications have been read. */
  polls: number;
  /** What came of it; absent while it runs. */
  summary: ImportSummary | undefined;
  /** Why the process failed. */
  failure: string | undefined;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The asynchronous imports of a server; like the server's, they are gone after a restart. A job
 * does its work right after the request that started it, and shows it from the second reading of
 * its notifications on, so that a client always meets one that is still running.
 */
export class ImportJobs {
  readonly #jobs = new Map<string, ImportJob>();

  start(user: SeedUser, startedAt: Date, work: () => ImportSummary): ImportJob {
    const job: ImportJob = {
      id: randomUid(),
      userId: user.id,
      startedAt,
      polls: 0,
      summary: undefined,
      failure: undefined,
    };
    this.#jobs.set(job.id, job);
    setImmediate(() => {
      try {
        job.summary = work();
      } catch (error) {
        job.failure = (error as Error).message;
      }
    });
    return job;
  }

  get(user: SeedUser, id: string): ImportJob | undefined {
    const job = this.#jobs.get(id);
    return job?.userId === user.id ? job : undefined;
  }
}

/** Whether a job's outcome can be read. */
export function isDone(job: ImportJob): boolean {
  return job.polls > 1 && (job.summary !== undefined || job.failure !== undefined);
}

/** An identifier as DHIS2 makes them: a letter, then ten letters or digits. */
export function randomUid(): string {
  const pick = (characters: string) => characters[randomInt(characters.length)]!;
  return pick(LETTERS) + Array.from({ length: 10 }, () => pick(`${LETTERS}0123456789`)).join('');
}
