import type { ApiRequest } from '#common/http/index.js';
import type { OutbreakWriter } from '../session/outbreak-writer.js';
import { readPartialSuccess } from './partial-success.js';

/** Kinds of people that are changed many at once (godata FACTS §2.2). */
export type BulkModel = 'cases' | 'contacts' | 'contacts-of-contacts';

/** A change of one record. */
export interface BulkChange {
  id: string;
  [property: string]: unknown;
}

/** What became of many changes. */
export interface BulkOutcome {
  /** Records as they are now. */
  updated: unknown[];
  /** Records that were not changed, with the server's code. */
  failed: { id: string; code: string }[];
}

/** The server works through a request one by one (FACTS §7): a batch stays within any time-out. */
const BATCH_SIZE = 100;

/**
 * Changes many people, a batch a request. The server keeps what succeeds and tells what fails
 * (r126, r127); nothing is tried twice.
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
  const answer = await writer.exchange(outbreakId, request);
  const { succeeded, failed } = readPartialSuccess(request, answer);
  return {
    // The key is `contact` for every kind (FACTS §2.2).
    updated: succeeded.map(row => row.contact),
    failed: failed.map(({ recordNo, code }) => ({ id: batch[recordNo]?.id ?? '', code })),
  };
}
