import { inLanes } from '#common/in-flight/in-lanes.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { RelatedPlan } from '../plan/related-plan.js';
import { attempt } from './refusals.js';

/** A related record to write. */
interface RelatedWrite {
  /** Id in the source. */
  key: string;
  /** Ids of the people whose records the server writes too. */
  people: readonly string[];
  write(): Promise<unknown>;
}

/**
 * Writes relationships, several at a time: the server has no bulk request for them. The person in
 * the address is the source (godata FACTS §2.3). The server also writes a list of relationships
 * into both people (r107), so no two requests at a time concern the same person. Changes and
 * deletions are sent one by one.
 *
 * @param written ids in the source of relationships that were written together with a contact
 */
export async function applyRelationships(
  client: GoDataClient,
  outbreakId: string,
  { creates, changes, doubles }: RelatedPlan,
  written: ReadonlySet<string>,
  rejected: Rejected[],
): Promise<void> {
  const outbreak = client.outbreak(outbreakId);
  const created = creates
    .filter(({ key }) => !written.has(key))
    .map(({ at, other, key, record }): RelatedWrite => {
      const { relationships } = outbreak.person(at.path, at.id);
      const body = { ...record, persons: [{ id: other!.id }] };
      return { key, people: [at.id, other!.id], write: () => relationships.create(body) };
    });
  const changed = [...changes, ...doubles].map(({ at, key, id, changes }): RelatedWrite => {
    const { relationships } = outbreak.person(at.path, at.id);
    const write = () => (changes ? relationships.update(id, changes) : relationships.remove(id));
    // The other person is not known here.
    return { key, people: ['anybody'], write };
  });
  await writeAll('relationship', 'relationships', [created, changed], rejected);
}

/** Writes lab results, several at a time, but those of one person one after the other. */
export async function applyLabResults(
  client: GoDataClient,
  outbreakId: string,
  { creates, changes, doubles }: RelatedPlan,
  rejected: Rejected[],
): Promise<void> {
  const outbreak = client.outbreak(outbreakId);
  const created = creates.map(({ at, key, record }): RelatedWrite => {
    const { labResults } = outbreak.person(at.path, at.id);
    return { key, people: [at.id], write: () => labResults.create(record) };
  });
  const changed = [...changes, ...doubles].map(({ at, key, id, changes }): RelatedWrite => {
    const { labResults } = outbreak.person(at.path, at.id);
    const write = () => (changes ? labResults.update(id, changes) : labResults.remove(id));
    return { key, people: [at.id], write };
  });
  await writeAll('lab result', 'lab results', [created, changed], rejected);
}

/** @param phases each begins when the one before has ended */
async function writeAll(
  kind: string,
  label: string,
  phases: readonly (readonly RelatedWrite[])[],
  rejected: Rejected[],
): Promise<void> {
  const total = phases.flat().length;
  let done = 0;
  for (const writes of phases) {
    const refusals = writes.map(() => [] as Rejected[]);
    await inLanes(
      [...writes.entries()],
      ([, { people }]) => people,
      async ([index, { key, write }]) => {
        await attempt(kind, key, refusals[index]!, write);
        done += 1;
        if (done % 50 === 0 || done === total) console.log(formatProgress({ label, done, total }));
      },
    );
    // In the order of the plan, whichever was answered first.
    rejected.push(...refusals.flat());
  }
}
