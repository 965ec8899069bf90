import { getOrCreate } from '#common/collections/get-or-create.js';
import { readMark } from '#common/identity/marks.js';
import type { IntegrationError } from '#common/reporting/errors.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import { divideDoubles, removedRow, unlikeRow } from '../plan/doubles.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import { readLabResults, readRelationships } from '../read/existing-related.js';
import { attempt } from './refusals.js';

/** A record of a person, with the mark of its source. */
interface MarkedRecord {
  id: string;
  deleted?: boolean;
  createdAt?: string;
  /** Id in the source. */
  key: string | undefined;
}

/**
 * Reads the created lab results and relationships back, and removes those that Go.Data stored twice:
 * a proxy that lost an answer may deliver a request again, and nothing in the answers shows it. One
 * request for 300 people who got any; a record that was changed is never removed.
 *
 * @returns what was removed or found
 */
export async function removeDoubles(
  client: GoDataClient,
  outbreakId: string,
  { relationships, labResults }: OutbreakPlan,
  rejected: Rejected[],
): Promise<Adjusted[]> {
  const tested = [...new Set(labResults.creates.map(({ at }) => at.id))];
  const exposed = [...new Set(relationships.creates.map(({ at, other }) => (other ?? at).id))];
  const results = await readLabResults(client, outbreakId, tested);
  const exposures = await readRelationships(client, outbreakId, exposed);
  const pathOf = new Map(
    [...labResults.creates, ...relationships.creates].map(({ key, at }) => [key, at]),
  );
  const outbreak = client.outbreak(outbreakId);
  const recordsOf = (kind: 'lab result' | 'relationship', key: string) => {
    const { path, id } = pathOf.get(key)!;
    const person = outbreak.person(path, id);
    return kind === 'lab result' ? person.labResults : person.relationships;
  };
  const adjusted: Adjusted[] = [];
  for (const [kind, records] of [
    ['lab result', results.map(one => ({ ...one, key: readMark(one.notes) }))],
    ['relationship', exposures.map(one => ({ ...one, key: readMark(one.comment) }))],
  ] as const) {
    for (const [key, all] of groupByKey(records, key => pathOf.has(key))) {
      if (all.length < 2) continue;
      const { kept, same, unlike } = divideDoubles(all);
      for (const { id } of same) {
        await attempt(kind, key, rejected, () => removeOnce(recordsOf(kind, key), id));
      }
      const ids = same.map(({ id }) => id);
      if (ids.length > 0) adjusted.push(removedRow(kind, key, ids));
      if (unlike.length > 0) adjusted.push(unlikeRow(kind, key, [kept, ...unlike].map(toId)));
    }
  }
  return adjusted;
}

/** What is not there any more was removed by the first delivery of the same request. */
async function removeOnce(records: { remove(id: string): Promise<void> }, id: string) {
  try {
    await records.remove(id);
  } catch (error) {
    const { status } = ((error as IntegrationError).details ?? {}) as { status?: unknown };
    if (status !== 404) throw error;
  }
}

function groupByKey(
  records: readonly MarkedRecord[],
  isWanted: (key: string) => boolean,
): Map<string, MarkedRecord[]> {
  const groups = new Map<string, MarkedRecord[]>();
  for (const one of records) {
    if (one.deleted || one.key === undefined || !isWanted(one.key)) continue;
    getOrCreate(groups, one.key, () => [] as MarkedRecord[]).push(one);
  }
  return groups;
}

const toId = ({ id }: { id: string }) => id;
