import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { PersonCreate, PersonPath } from '../plan/planned-person.js';
import { chunksOf } from '../read/existing-related.js';
import { attempt, isRefusal } from './refusals.js';

/**
 * Records in one request: three times as fast as single requests, and far below the limit of 10 MB
 * for a body.
 */
const CHUNK_SIZE = 250;

/** Maximum number of ids in one address. */
const MAX_IDS = 400;

/**
 * Creates people with given ids, 250 in each request. When one record of a request is invalid, the
 * server keeps the valid ones and answers only with status 500 (godata FACTS §5.8). Then this
 * function reads which records exist and sends the others one by one, so that each gets its own
 * error. It does the same after a broken connection.
 *
 * @returns ids of the people who exist now
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

/** @returns whether all of them exist now */
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
