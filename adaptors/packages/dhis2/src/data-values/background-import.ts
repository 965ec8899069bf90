import { IntegrationError } from '../../../../common/src/errors.js';
import { type ApiAnswer, sleep, unexpectedAnswer } from '../../../../common/src/http/index.js';
import type { Dhis2Client } from '../client.js';
import { type ImportSummary, readImportSummary } from './import-summary.js';

/** How long a background import is waited for. */
export interface ImportPatience {
  /** Milliseconds between the first two looks at a job; the pauses double from there. */
  firstPauseMs: number;
  /** Milliseconds that no pause exceeds. */
  longestPauseMs: number;
  /** Milliseconds after which a job that still runs has died. */
  totalMs: number;
  /** Looks in a row at which the server knows nothing of the job, until it counts as forgotten. */
  emptyLooks: number;
}

/** An import of 1,000 values never takes 30 minutes. A job is forgotten after some 80 seconds: it may
 * have to wait for its turn first. */
const DEFAULT_PATIENCE: ImportPatience = {
  firstPauseMs: 250,
  longestPauseMs: 5_000,
  totalMs: 30 * 60_000,
  emptyLooks: 20,
};

/** Looks at the summary after the job has ended: it may come a moment later. */
const SUMMARY_LOOKS = 10;

const TASKS = '/system/tasks/{type}/{id}';
const SUMMARY = '/system/taskSummaries/{type}/{id}';

/**
 * Waits for an import that the server does in the background, and reads its summary (dhis2 FACTS §1.8).
 *
 * @param accepted the answer to the request that started it
 * @throws IntegrationError `IMPORT_LOST` when the server forgets the job, as it does at a restart
 */
export async function awaitImport(
  client: Dhis2Client,
  accepted: ApiAnswer,
  patience: ImportPatience = DEFAULT_PATIENCE,
): Promise<ImportSummary> {
  const { response } = (accepted.body ?? {}) as { response?: { id?: string; jobType?: string } };
  // A request that is refused at once is answered with its summary.
  if (!response?.id) return readImportSummary(accepted.status, accepted.body);
  const params = { type: response.jobType ?? 'DATAVALUE_IMPORT', id: response.id };
  await awaitEnd(client, params, patience);
  for (let look = 1; look <= SUMMARY_LOOKS; look += 1) {
    const summary = await client.read(SUMMARY, {}, params);
    if (summary) return readImportSummary(200, summary);
    await sleep(patience.firstPauseMs * look);
  }
  throw lost('has no summary of a finished import');
}

async function awaitEnd(
  client: Dhis2Client,
  params: { type: string; id: string },
  { firstPauseMs, longestPauseMs, totalMs, emptyLooks }: ImportPatience,
): Promise<void> {
  const deadline = Date.now() + totalMs;
  let empty = 0;
  for (
    let pause = firstPauseMs;
    Date.now() < deadline;
    pause = Math.min(pause * 2, longestPauseMs)
  ) {
    const tasks = (await client.read(TASKS, {}, params)) ?? [];
    if (!Array.isArray(tasks)) {
      throw unexpectedAnswer('DHIS2', { method: 'GET', path: TASKS }, 'a list', tasks);
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
