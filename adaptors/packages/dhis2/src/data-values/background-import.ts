import { IntegrationError } from '../../../../common/src/errors.js';
import { type ApiAnswer, sleep } from '../../../../common/src/http/index.js';
import type { Dhis2Client } from '../client.js';
import { type ImportSummary, readImportSummary } from './import-summary.js';

/** Milliseconds between two looks at a job: quick at first, then patient. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** An import of 1,000 values that takes longer than this has died. */
const PATIENCE_MS = 30 * 60_000;
/** Looks at the summary after the job has ended: it may come a moment later. */
const SUMMARY_LOOKS = 10;

/**
 * Waits for an import that the server does in the background, and reads its summary (dhis2 FACTS §1.8).
 *
 * @param accepted the answer to the request that started it
 * @throws IntegrationError `IMPORT_LOST` when the server forgets the job, as it does at a restart
 */
export async function awaitImport(
  client: Dhis2Client,
  accepted: ApiAnswer,
): Promise<ImportSummary> {
  const { response } = (accepted.body ?? {}) as { response?: { id?: string; jobType?: string } };
  // A request that is refused at once is answered with its summary.
  if (!response?.id) return readImportSummary(accepted.status, accepted.body);
  const params = { type: response.jobType ?? 'DATAVALUE_IMPORT', id: response.id };
  await awaitEnd(client, params);
  for (let look = 0; look < SUMMARY_LOOKS; look += 1) {
    const summary = await client.get<unknown>('/system/taskSummaries/{type}/{id}', {}, params);
    if (summary) return readImportSummary(200, summary);
    await sleep(FIRST_PAUSE_MS * (look + 1));
  }
  throw lost('has no summary of a finished import');
}

async function awaitEnd(client: Dhis2Client, params: { type: string; id: string }): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (
    let pause = FIRST_PAUSE_MS;
    Date.now() < deadline;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  ) {
    // Newest first.
    const [newest] =
      (await client.get<{ completed?: boolean }[] | undefined>(
        '/system/tasks/{type}/{id}',
        {},
        params,
      )) ?? [];
    if (newest?.completed) return;
    await sleep(pause);
  }
  throw lost('did not finish an import within 30 minutes');
}

function lost(what: string): IntegrationError {
  return new IntegrationError({
    code: 'IMPORT_LOST',
    message: `DHIS2 ${what}.`,
    fix: 'Run again: what was written stays, what was not is written then.',
    details: { system: 'DHIS2' },
  });
}
