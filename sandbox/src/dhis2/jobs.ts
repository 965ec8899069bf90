import type { SeedUser } from './types.js';
import { randomUid } from './uid.js';

/** Work that goes on after its request is answered. */
export interface Job<Outcome> {
  id: string;
  /** Only the user who started a job can follow it (dhis2 FACTS §1.8). */
  userId: string;
  startedAt: Date;
  /** How often a client has asked for it. */
  polls: number;
  /** What came of it; absent while it runs. */
  outcome: Outcome | undefined;
  /** Why the process failed. */
  failure: string | undefined;
}

/**
 * The jobs of one kind on a server; like the server's, they are gone after a restart. A job does its
 * work right after the request that started it, and shows it from the second poll on, so that a
 * client always meets one that is still running.
 */
export class Jobs<Outcome> {
  readonly #jobs = new Map<string, Job<Outcome>>();

  start(user: SeedUser, startedAt: Date, work: () => Outcome): Job<Outcome> {
    const job: Job<Outcome> = {
      id: randomUid(),
      userId: user.id,
      startedAt,
      polls: 0,
      outcome: undefined,
      failure: undefined,
    };
    this.#jobs.set(job.id, job);
    setImmediate(() => {
      try {
        job.outcome = work();
      } catch (error) {
        job.failure = (error as Error).message;
      }
    });
    return job;
  }

  get(user: SeedUser, id: string): Job<Outcome> | undefined {
    const job = this.#jobs.get(id);
    return job?.userId === user.id ? job : undefined;
  }
}

/** Whether a job's outcome can be read. */
export function isDone({ polls, outcome, failure }: Job<unknown>): boolean {
  return polls > 1 && (outcome !== undefined || failure !== undefined);
}

/**
 * The notifications of a job, the newest first.
 *
 * @param category of the job: `DATAVALUE_IMPORT`
 * @param time when it began, as the server writes it
 */
export function notificationsOf(job: Job<unknown>, category: string, time: string): object[] {
  const notification = (level: string, message: string, completed: boolean) => {
    const uid = randomUid();
    return { uid, id: uid, level, category, time, message, completed };
  };
  const started = notification('INFO', 'Process started', false);
  if (!isDone(job)) return [started];
  const last =
    job.failure === undefined
      ? notification('INFO', 'Import done', true)
      : notification('ERROR', `Process failed: ${job.failure}`, true);
  return [last, started];
}
