import { type ApiAnswer, textIn } from '#common/http/index.js';
import { awaitJob, type JobPatience } from '../../client/background-job.js';
import type { Dhis2Client } from '../../client/client.js';
import { readWebMessage } from '../../client/web-message.js';
import { type ImportSummary, readImportSummary } from './import-summary.js';

/**
 * Waits for a background import and reads its summary (dhis2 FACTS §1.8).
 *
 * @param accepted the answer to the request that started it
 * @throws IntegrationError `IMPORT_LOST` when the server has forgotten the job, as it does on a
 * restart
 */
export async function awaitImport(
  client: Dhis2Client,
  accepted: ApiAnswer,
  patience?: JobPatience,
): Promise<ImportSummary> {
  const summary = await awaitSummary(client, accepted, patience);
  // A request that is refused at once has the summary in its answer.
  if (summary === undefined) return readImportSummary(accepted.status, accepted.body);
  return readImportSummary(200, summary);
}

/** Reads the summary of the server. Returns undefined when no job was started. */
export async function awaitSummary(
  client: Dhis2Client,
  accepted: ApiAnswer,
  patience?: JobPatience,
): Promise<unknown> {
  const { id, jobType } = readWebMessage(accepted.body).response;
  if (typeof id !== 'string') return undefined;
  const params = { type: textIn(jobType) || 'DATAVALUE_IMPORT', id };
  return awaitJob(
    client,
    {
      progress: '/system/tasks/{type}/{id}',
      params,
      readOutcome: () => client.read('/system/taskSummaries/{type}/{id}', {}, params),
    },
    patience,
  );
}
