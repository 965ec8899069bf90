import { sleep, unexpectedAnswer } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from './client.js';

/** How often and how long to ask for a background job of the server. */
export interface JobPatience {
  /** Milliseconds between the first two requests. The pause then doubles each time. */
  firstPauseMs: number;
  /** Longest pause in milliseconds. */
  longestPauseMs: number;
  /** Milliseconds after which a job that is still running counts as lost. */
  totalMs: number;
  /** Number of empty answers in a row after which the job counts as forgotten. */
  emptyLooks: number;
}

/**
 * An import of 1,000 values never takes 30 minutes. A server starts one job of a kind every 20
 * seconds and reports nothing about the jobs that wait (dhis2 LIVE 194). So a job counts as
 * forgotten only after five minutes of empty answers.
 */
const DEFAULT_PATIENCE: JobPatience = {
  firstPauseMs: 250,
  longestPauseMs: 5_000,
  totalMs: 30 * 60_000,
  emptyLooks: 64,
};

/** Requests for the result after the job has ended: it may appear a moment later. */
const OUTCOME_LOOKS = 10;

/** Where to read the progress of a job, and where its result. */
export interface JobPaths {
  /** Path of a list of notifications, the newest first. */
  progress: string;
  params: Record<string, string>;
  /** Reads the result. Returns undefined while there is none. */
  readOutcome: () => Promise<unknown>;
}

/**
 * Waits for a job and reads its result (dhis2 FACTS §1.8, §4.1).
 *
 * @throws IntegrationError `IMPORT_LOST` when the server has forgotten the job, as it does on a
 * restart, or does not end it; `IMPORT_FAILED` when the job has failed
 */
export async function awaitJob(
  client: Dhis2Client,
  { progress, params, readOutcome }: JobPaths,
  patience: JobPatience = DEFAULT_PATIENCE,
): Promise<unknown> {
  const { level } = await awaitEnd(client, progress, params, patience);
  for (let look = 1; look <= OUTCOME_LOOKS; look += 1) {
    const outcome = await unlessGone(readOutcome);
    if (outcome) return outcome;
    await sleep(patience.firstPauseMs * look);
  }
  throw level === 'ERROR' ? failed() : lost('finished an import but has no summary of it');
}

async function awaitEnd(
  client: Dhis2Client,
  path: string,
  params: Record<string, string>,
  { firstPauseMs, longestPauseMs, totalMs, emptyLooks }: JobPatience,
): Promise<{ level?: unknown }> {
  const deadline = Date.now() + totalMs;
  let empty = 0;
  for (
    let pause = firstPauseMs;
    Date.now() < deadline;
    pause = Math.min(pause * 2, longestPauseMs)
  ) {
    const tasks = (await unlessGone(() => client.read(path, {}, params))) ?? [];
    if (!Array.isArray(tasks)) {
      throw unexpectedAnswer('DHIS2', { method: 'GET', path }, 'a list', tasks);
    }
    // The newest notification is first.
    if (tasks[0]?.completed) return tasks[0];
    empty = tasks.length === 0 ? empty + 1 : 0;
    if (empty >= emptyLooks) throw lost('accepted an import but has no record of it');
    await sleep(pause);
  }
  throw lost(`did not finish an import within ${Math.round(totalMs / 60_000)} minutes`);
}

/** A job that the server does not know has nothing to show. */
async function unlessGone(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof IntegrationError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** What the server says of a failed job may repeat values. */
function failed(): IntegrationError {
  return new IntegrationError({
    code: 'IMPORT_FAILED',
    message: 'DHIS2 could not finish an import in the background, and gives no summary of it.',
    fix: "Look for the reason in the server's log, then run again. It keeps what was written and writes the rest.",
    details: { system: 'DHIS2' },
  });
}

function lost(what: string): IntegrationError {
  return new IntegrationError({
    code: 'IMPORT_LOST',
    message: `DHIS2 ${what}.`,
    fix: 'Run again. It keeps what was written and writes the rest.',
    details: { system: 'DHIS2' },
  });
}
