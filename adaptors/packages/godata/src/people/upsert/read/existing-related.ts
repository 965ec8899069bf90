import type { GoDataClient } from '#godata/client/client.js';
import type { LabResultRecord, RelationshipRecord } from '#godata/client/types/index.js';

/** Ids that one address asks for. */
const MAX_IDS = 300;

/** Every relationship of some people, deleted ones too, each once: one request for 300 people. */
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

/** Every lab result of some people, deleted ones too: one request for 300 people. */
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

/** A list in pieces of at most this many. */
export function* chunksOf<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
