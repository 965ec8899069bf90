import { sleep, unexpectedAnswer } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from './client.js';

/** How long a job that the server does in the background is waited for. */
export interface JobPatience {
  /** Milliseconds between the first two looks at a job; the pauses double from there. */
  firstPauseMs: number;
  /** Milliseconds that no pause exceeds. */
  longestPauseMs: number;
  /** Milliseconds after which a job that still runs has died. */
  totalMs: number;
  /** Looks in a row at which the server knows nothing of the job, until it counts as forgotten. */
  emptyLooks: number;
}

/**
 * An import of 1,000 values never takes 30 minutes. A server takes up one job of a kind every 20
 * seconds, and tells nothing of those that wait (dhis2 LIVE 194): a job counts as forgotten after
 * five minutes of nothing.
 */
const DEFAULT_PATIENCE: JobPatience = {
  firstPauseMs: 250,
  longestPauseMs: 5_000,
  totalMs: 30 * 60_000,
  emptyLooks: 64,
};

/** Looks at the outcome after the job has ended: it may come a moment later. */
const OUTCOME_LOOKS = 10;

/** Where a job tells of its progress, and where of its outcome. */
export interface JobPaths {
  /** A list of notifications, the newest first. */
  progress: string;
  params: Record<string, string>;
  /** Reads the outcome; undefined while there is none. */
  readOutcome: () => Promise<unknown>;
}

/**
 * Waits for a job and reads its outcome (dhis2 FACTS §1.8, §4.1).
 *
 * @throws IntegrationError `IMPORT_LOST` when the server forgets the job, as it does at a restart
 */
export async function awaitJob(
  client: Dhis2Client,
  { progress, params, readOutcome }: JobPaths,
  patience: JobPatience = DEFAULT_PATIENCE,
): Promise<unknown> {
  await awaitEnd(client, progress, params, patience);
  for (let look = 1; look <= OUTCOME_LOOKS; look += 1) {
    const outcome = await readOutcome();
    if (outcome) return outcome;
    await sleep(patience.firstPauseMs * look);
  }
  throw lost('has no summary of a finished import');
}

async function awaitEnd(
  client: Dhis2Client,
  path: string,
  params: Record<string, string>,
  { firstPauseMs, longestPauseMs, totalMs, emptyLooks }: JobPatience,
): Promise<void> {
  const deadline = Date.now() + totalMs;
  let empty = 0;
  for (
    let pause = firstPauseMs;
    Date.now() < deadline;
    pause = Math.min(pause * 2, longestPauseMs)
  ) {
    const tasks = (await client.read(path, {}, params)) ?? [];
    if (!Array.isArray(tasks)) {
      throw unexpectedAnswer('DHIS2', { method: 'GET', path }, 'a list', tasks);
    }
    // Newest first.
    if (tasks[0]?.completed) return;
    empty = tasks.length === 0 ? empty + 1 : 0;
    if (empty >= emptyLooks) throw lost('knows nothing of an import that it had accepted');
    await sleep(pause);
  }
  throw lost(`did not finish an import within ${Math.round(totalMs / 60_000)} minutes`);
}

function lost(what: string): IntegrationError {
  return new IntegrationError({
    code: 'IMPORT_LOST',
    message: `DHIS2 ${what}.`,
    fix: 'Run again: what was written stays, what was not is written then.',
    details: { system: 'DHIS2' },
  });
}
