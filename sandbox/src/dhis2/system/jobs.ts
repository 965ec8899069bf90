import type { SeedUser } from '../accounts/types.js';
import { randomUid } from '../metadata/uid.js';

/** Work that continues after its request is answered. */
export interface Job<Outcome> {
  id: string;
  /** Only the user who started a job can follow it (dhis2 FACTS §1.8). */
  userId: string;
  startedAt: Date;
  /** The options of the request that started the job. */
  parameters: object;
  /** How often a client has polled the job. */
  polls: number;
  /** The result of the job; absent while it runs. */
  outcome: Outcome | undefined;
  /** Why the process failed. */
  failure: string | undefined;
}

/** How long a job waits for its turn: the middle of the 6 to 20 seconds seen (dhis2 LIVE 194). */
const JOB_WAIT_MS = 12_000;

/**
 * The jobs of one kind on a server. As on a real server, a restart forgets them. A scheduler starts
 * them every 20 seconds; until then a job cannot be seen, not even as accepted (recordings 401,
 * 402).
 */
export class Jobs<Outcome> {
  readonly #jobs = new Map<string, Job<Outcome>>();
  readonly #works = new Map<string, () => void>();

  /**
   * @param clock the server's clock
   * @param waitMs milliseconds until a job begins; 0: it is visible from the second poll on
   */
  constructor(
    private readonly clock: () => Date,
    private readonly waitMs: number = JOB_WAIT_MS,
  ) {}

  start(user: SeedUser, startedAt: Date, work: () => Outcome, parameters: object): Job<Outcome> {
    const job: Job<Outcome> = {
      id: randomUid(),
      userId: user.id,
      startedAt,
      parameters,
      polls: 0,
      outcome: undefined,
      failure: undefined,
    };
    this.#jobs.set(job.id, job);
    this.#works.set(job.id, () => {
      try {
        job.outcome = work();
      } catch (error) {
        job.failure = (error as Error).message;
      }
    });
    // A server that is closed in the meantime forgets the job.
    if (this.waitMs === 0) setImmediate(() => this.#run(job.id));
    else setTimeout(() => this.#run(job.id), this.waitMs).unref();
    return job;
  }

  get(user: SeedUser, id: string): Job<Outcome> | undefined {
    const job = this.#jobs.get(id);
    if (job?.userId !== user.id) return undefined;
    // The server's time may be ahead of the computer's.
    const waitedMs = this.clock().getTime() - job.startedAt.getTime();
    if (this.waitMs > 0 && waitedMs >= this.waitMs) this.#run(id);
    return job;
  }

  /** Whether a job's outcome can be read. */
  isDone({ polls, outcome, failure }: Job<Outcome>): boolean {
    const isSeen = this.waitMs > 0 || polls > 1;
    return isSeen && (outcome !== undefined || failure !== undefined);
  }

  #run(id: string): void {
    this.#works.get(id)?.();
    this.#works.delete(id);
  }
}

/** The contents of the notifications of a kind of job. */
export interface JobStory<Outcome> {
  /** `DATAVALUE_IMPORT` */
  category: string;
  /** The stages of the job in order; the first one has the options. */
  stagesOf(outcome: Outcome | undefined): readonly string[];
  /** The counts of an import. */
  countsOf(outcome: Outcome): { status: string; counts: readonly number[] };
}

/**
 * The notifications of a job that has ended, the newest first (recordings 255, 403).
 *
 * @param time when it ran, as the server writes it
 */
export function notificationsOf<Outcome>(
  { outcome, failure, parameters }: Job<Outcome>,
  { category, stagesOf, countsOf }: JobStory<Outcome>,
  time: string,
): object[] {
  const notification = (level: string, message: string, completed: boolean, more = {}) => {
    const uid = randomUid();
    return { level, category, message, completed, ...more, id: uid, time, uid };
  };
  const [start, ...others] = stagesOf(outcome);
  const told = [
    notification('INFO', start!, false, { dataType: 'PARAMETERS', data: parameters }),
    ...others.map(stage => notification('INFO', stage, false)),
  ];
  if (outcome === undefined) {
    return [notification('ERROR', `Process failed: ${failure}`, true), ...told.reverse()];
  }
  const { status, counts } = countsOf(outcome);
  const [created, updated, deleted, ignored] = counts;
  const end = `Import complete with status ${status}, ${created} created, ${updated} updated, ${deleted} deleted, ${ignored} ignored`;
  return [notification(status === 'ERROR' ? 'ERROR' : 'INFO', end, true), ...told.reverse()];
}
