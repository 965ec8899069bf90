import { ownOf } from '#common/collections/own.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { isJsonObject } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import { assertRecord, isRecord } from '#godata/client/records/assert-record.js';
import type { Stored } from '#godata/client/types/index.js';
import { readOutbreakList } from '../../read-outbreak-list.js';
import { isSame } from '../plan/is-same.js';
import type { PersonCreate, PersonPath } from '../plan/planned-person.js';
import { chunksOf } from '../read/existing-related.js';
import { attempt, isRefusal, refused } from './refusals.js';

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
 * error. It does the same after a broken connection, and after an answer that does not name them.
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
  const url = urlOf(outbreakId, path);
  for (const chunk of chunksOf(creates, CHUNK_SIZE)) {
    if (await sendAll(client, url, chunk)) for (const { id } of chunk) done.add(id);
    else await sendRest(client, outbreakId, path, chunk, done, rejected);
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
    const body = chunk.map(({ record }) => record);
    const answer = await client.request({ method: 'POST', path, body });
    const ids = new Set((Array.isArray(answer) ? answer : []).filter(isRecord).map(toId));
    return chunk.every(({ id }) => ids.has(id));
  } catch (error) {
    if (isRefusal(error) || (error instanceof IntegrationError && error.retryable)) return false;
    throw error;
  }
}

async function sendRest(
  client: GoDataClient,
  outbreakId: string,
  path: PersonPath,
  chunk: readonly PersonCreate[],
  done: Set<string>,
  rejected: Rejected[],
): Promise<void> {
  const found = new Map<string, RecordFields>();
  for (const ids of chunksOf(chunk.map(toId), MAX_IDS)) {
    const filter = { where: { id: { inq: ids } } };
    for (const one of await readOutbreakList<Stored>(client, outbreakId, path, filter)) {
      found.set(one.id, one as unknown as RecordFields);
    }
  }
  const url = urlOf(outbreakId, path);
  for (const create of chunk) {
    const { id, record, person } = create;
    const existing = found.get(id);
    if (existing) {
      if (isAsSent(create, existing)) done.add(id);
      else rejected.push(refused(person.kind, person.id, 'NOT_LISTED'));
      continue;
    }
    const send = async () =>
      assertRecord(
        { method: 'POST', path: `/outbreaks/{outbreakId}/${path}` },
        await client.request({ method: 'POST', path: url, body: record }),
      );
    if (await attempt(person.kind, person.id, rejected, send)) done.add(id);
  }
}

/**
 * Whether a record is what this run has sent. One that is not existed before, though the list of
 * existing people did not show it. Go.Data may have numbered the person itself.
 */
function isAsSent({ record }: PersonCreate, existing: RecordFields): boolean {
  const { visualId: _visualId, ...sent } = record;
  return holds(existing, sent);
}

/** Whether a stored value has all of a sent one; the server adds properties of its own. */
function holds(stored: unknown, sent: unknown): boolean {
  if (Array.isArray(sent) && Array.isArray(stored)) {
    return stored.length === sent.length && sent.every((one, n) => holds(stored[n], one));
  }
  if (!isJsonObject(sent) || !isJsonObject(stored)) return isSame(stored, sent);
  return Object.entries(sent).every(([key, value]) => holds(ownOf(stored, key), value));
}

function urlOf(outbreakId: string, path: PersonPath): string {
  return `/outbreaks/${encodeURIComponent(outbreakId)}/${path}`;
}

function toId({ id }: { id: string }): string {
  return id;
}
