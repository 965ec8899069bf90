import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { PersonCreate, PersonPath } from '../plan/planned-person.js';
import { chunksOf } from '../read/existing-related.js';
import { attempt, isRefusal } from './refusals.js';

/** Records a request: three times as fast as one by one, and far below the 10 MB that a body may have. */
const CHUNK_SIZE = 250;

/** Ids that one address asks for. */
const MAX_IDS = 400;

/**
 * Creates people under their own ids, 250 a request. An array with one bad record is answered with a
 * bare 500 while the good ones are kept (godata FACTS §5.8): then the server is asked which are there,
 * and the others are sent one by one, so that each is told for what it is. The same after a connection
 * that broke.
 *
 * @returns ids of those that are there now
 */
export async function createPeople(
  client: GoDataClient,
  outbreakId: string,
  path: PersonPath,
  creates: readonly PersonCreate[],
  rejected: Rejected[],
): Promise<Set<string>> {
  const done = new Set<string>();
  const url = `/outbreaks/${encodeURIComponent(outbreakId)}/${path}`;
  for (const chunk of chunksOf(creates, CHUNK_SIZE)) {
    if (await sendAll(client, url, chunk)) for (const { id } of chunk) done.add(id);
    else await sendRest(client, url, chunk, done, rejected);
    console.log(formatProgress({ label: `new ${path}`, done: done.size, total: creates.length }));
  }
  return done;
}

/** @returns whether all of them are there */
async function sendAll(
  client: GoDataClient,
  path: string,
  chunk: readonly PersonCreate[],
): Promise<boolean> {
  try {
    await client.request({ method: 'POST', path, body: chunk.map(({ record }) => record) });
    return true;
  } catch (error) {
    if (isRefusal(error) || (error instanceof IntegrationError && error.retryable)) return false;
    throw error;
  }
}

async function sendRest(
  client: GoDataClient,
  path: string,
  chunk: readonly PersonCreate[],
  done: Set<string>,
  rejected: Rejected[],
): Promise<void> {
  for (const ids of chunksOf(
    chunk.map(({ id }) => id),
    MAX_IDS,
  )) {
    const filter = { where: { id: { inq: ids } }, fields: ['id'] };
    const found = await client.request({ method: 'GET', path, query: { filter } });
    for (const { id } of found as { id: string }[]) done.add(id);
  }
  for (const { id, record, person } of chunk) {
    if (done.has(id)) continue;
    const create = () => client.request({ method: 'POST', path, body: record });
    if (await attempt(person.kind, person.id, rejected, create)) done.add(id);
  }
}
