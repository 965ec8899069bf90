import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { RawRequest } from '#godata/client/requests/raw-request.js';
import { readPartialSuccess } from '#godata/client/transfer/partial-success.js';
import type { PersonPath, PersonUpdate } from '../plan/planned-person.js';
import { chunksOf } from '../read/existing-related.js';
import { refused } from './refusals.js';

/** Records in one request. The server handles them one by one (godata FACTS §7). */
const CHUNK_SIZE = 250;

/** A record and its changes. */
export type RecordChange = Pick<PersonUpdate, 'person' | 'id' | 'changes'>;

/**
 * Changes people, 250 in each request. The server keeps the changes that succeed and reports the
 * others by position (godata FACTS §2.2).
 */
export async function updatePeople(
  client: GoDataClient,
  outbreakId: string,
  path: PersonPath,
  updates: readonly RecordChange[],
  rejected: Rejected[],
): Promise<void> {
  let done = 0;
  for (const chunk of chunksOf(updates, CHUNK_SIZE)) {
    const request: RawRequest = {
      method: 'PUT',
      path: `/outbreaks/${encodeURIComponent(outbreakId)}/${path}/bulk`,
      body: chunk.map(({ id, changes }) => ({ id, ...changes })),
    };
    const { failed } = readPartialSuccess(
      { ...request, query: {} },
      await client.exchange(request),
      chunk.length,
    );
    for (const { recordNo, code } of failed) {
      const person = chunk[recordNo]?.person;
      if (person) rejected.push(refused(person.kind, person.id, code));
    }
    done += chunk.length;
    console.log(formatProgress({ label: `changed ${path}`, done, total: updates.length }));
  }
}
