import type { GoDataClient } from '#godata/client/client.js';
import type { LabResultRecord, RelationshipRecord } from '#godata/client/types/index.js';

/** Maximum number of ids in one address. */
const MAX_IDS = 300;

/** Reads all relationships of people, each once, also deleted ones: one request for 300 people. */
export async function readRelationships(
  client: GoDataClient,
  outbreakId: string,
  personIds: readonly string[],
): Promise<RelationshipRecord[]> {
  const found = new Map<string, RelationshipRecord>();
  const { relationships } = client.outbreak(outbreakId);
  for (const chunk of chunksOf(personIds, MAX_IDS)) {
    const where = { 'persons.id': { inq: chunk } };
    for (const one of await relationships.list({ where, deleted: true })) found.set(one.id, one);
  }
  return [...found.values()];
}

/** Reads all lab results of people, also deleted ones: one request for 300 people. */
export async function readLabResults(
  client: GoDataClient,
  outbreakId: string,
  personIds: readonly string[],
): Promise<LabResultRecord[]> {
  const found: LabResultRecord[] = [];
  const { labResults } = client.outbreak(outbreakId);
  for (const chunk of chunksOf(personIds, MAX_IDS)) {
    const where = { personId: { inq: chunk } };
    found.push(...(await labResults.list({ where, deleted: true })));
  }
  return found;
}

/** Splits a list into chunks of at most this size. */
export function* chunksOf<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
