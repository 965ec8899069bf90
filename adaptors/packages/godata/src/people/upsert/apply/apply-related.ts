import { getOrCreate } from '#common/collections/get-or-create.js';
import { inLanes } from '#common/in-flight/in-lanes.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { RelatedCreate, RelatedPlan } from '../plan/related-plan.js';
import { chunksOf } from '../read/existing-related.js';
import { createLabResultWriter } from './create-lab-results.js';
import { attempt } from './refusals.js';

/** Lab results of a person in one request: few people have more. */
const MAX_LAB_RESULTS = 100;

/** How many records are written between two lines of progress. */
const PROGRESS_EVERY = 50;

/** A request that writes related records. */
interface RelatedWrite {
  /** Ids of the people whose records the server writes too. */
  people: readonly string[];
  /** Records in the request. */
  count: number;
  write(rejected: Rejected[]): Promise<unknown>;
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
  const one = (key: string, people: string[], write: () => Promise<unknown>): RelatedWrite => ({
    people,
    count: 1,
    write: refusals => attempt('relationship', key, refusals, write),
  });
  const created = creates
    .filter(({ key }) => !written.has(key))
    .map(({ at, other, key, record }) => {
      const { relationships } = outbreak.person(at.path, at.id);
      const body = { ...record, persons: [{ id: other!.id }] };
      return one(key, [at.id, other!.id], () => relationships.create(body));
    });
  const changed = [...changes, ...doubles].map(({ at, key, id, changes }) => {
    const { relationships } = outbreak.person(at.path, at.id);
    // The other person is not known here.
    return one(key, ['anybody'], () =>
      changes ? relationships.update(id, changes) : relationships.remove(id),
    );
  });
  await writeAll('relationships', [created, changed], rejected);
}

/**
 * Writes lab results, several requests at a time, but one for each person: all new ones of a person
 * together, changes and deletions one by one.
 */
export async function applyLabResults(
  client: GoDataClient,
  outbreakId: string,
  { creates, changes, doubles }: RelatedPlan,
  rejected: Rejected[],
): Promise<void> {
  const outbreak = client.outbreak(outbreakId);
  const create = createLabResultWriter(client, outbreakId);
  const byPerson = new Map<string, RelatedCreate[]>();
  for (const one of creates)
    getOrCreate(byPerson, one.at.id, () => [] as RelatedCreate[]).push(one);
  const created = [...byPerson].flatMap(([id, all]) =>
    [...chunksOf(all, MAX_LAB_RESULTS)].map(
      (some): RelatedWrite => ({
        people: [id],
        count: some.length,
        write: refusals => create(some, refusals),
      }),
    ),
  );
  const changed = [...changes, ...doubles].map(({ at, key, id, changes }): RelatedWrite => {
    const { labResults } = outbreak.person(at.path, at.id);
    const write = () => (changes ? labResults.update(id, changes) : labResults.remove(id));
    return {
      people: [at.id],
      count: 1,
      write: refusals => attempt('lab result', key, refusals, write),
    };
  });
  await writeAll('lab results', [created, changed], rejected);
}

/** @param phases each begins when the one before has ended */
async function writeAll(
  label: string,
  phases: readonly (readonly RelatedWrite[])[],
  rejected: Rejected[],
): Promise<void> {
  const total = phases.flat().reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  for (const writes of phases) {
    const refusals = writes.map(() => [] as Rejected[]);
    await inLanes(
      [...writes.entries()],
      ([, { people }]) => people,
      async ([index, { count, write }]) => {
        await write(refusals[index]!);
        const before = done;
        done += count;
        const isDue = Math.floor(done / PROGRESS_EVERY) > Math.floor(before / PROGRESS_EVERY);
        if (isDue || done === total) console.log(formatProgress({ label, done, total }));
      },
    );
    // In the order of the plan, whichever was answered first.
    rejected.push(...refusals.flat());
  }
}
