import type { ApiRequest } from '#common/http/index.js';
import type { OutbreakWriter } from '../session/outbreak-writer.js';
import { readPartialSuccess } from './partial-success.js';

/** Kinds of people for which the server has a bulk update (godata FACTS §2.2). */
export type BulkModel = 'cases' | 'contacts' | 'contacts-of-contacts';

/** A change of one record. */
export interface BulkChange {
  id: string;
  [property: string]: unknown;
}

/** The result of a bulk update. */
export interface BulkOutcome {
  /** Records as the server has them now. */
  updated: unknown[];
  /** Records that the server did not change, with its error code. */
  failed: { id: string; code: string }[];
}

/**
 * The server handles the changes of a request one by one (FACTS §7). A batch of this size stays
 * within any time-out.
 */
const BATCH_SIZE = 100;

/**
 * Changes many people, one batch in each request. The server keeps the changes that succeed and
 * reports those that fail (r126, r127). Failed changes are not sent again.
 */
export async function bulkUpdate(
  writer: OutbreakWriter,
  outbreakId: string,
  model: BulkModel,
  changes: readonly BulkChange[],
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { updated: [], failed: [] };
  for (let start = 0; start < changes.length; start += BATCH_SIZE) {
    const batch = changes.slice(start, start + BATCH_SIZE);
    const { updated, failed } = await updateBatch(writer, outbreakId, model, batch);
    outcome.updated.push(...updated);
    outcome.failed.push(...failed);
  }
  return outcome;
}

async function updateBatch(
  writer: OutbreakWriter,
  outbreakId: string,
  model: BulkModel,
  batch: readonly BulkChange[],
): Promise<BulkOutcome> {
  const request: ApiRequest = {
    method: 'PUT',
    path: `/outbreaks/{outbreakId}/${model}/bulk`,
    params: { outbreakId },
    body: batch,
    idempotent: true,
  };
  const answer = await writer.ask(outbreakId, request);
  const { succeeded, failed } = readPartialSuccess(request, answer, batch.length);
  return {
    // The server uses the key `contact` for every kind (FACTS §2.2).
    updated: succeeded.map(row => row.contact),
    failed: failed.map(({ recordNo, code }) => ({ id: batch[recordNo]?.id ?? '', code })),
  };
}
