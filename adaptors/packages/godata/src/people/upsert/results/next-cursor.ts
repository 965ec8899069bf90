import type {
  TrackedRelationship,
  TrackerCursor,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedRelationship } from '#common/handover/mapped-people-batch.js';
import { toStoredRelationships } from '#common/handover/waiting-relationships.js';
import type { Rejected } from '#common/reporting/report.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';

/**
 * Maximum number of relationships to keep until their other person exists. If there are more, the
 * other people are in another program.
 */
const MAX_WAITING = 5000;

/** The part of a batch that the next run has to do again. */
interface Unfinished {
  plans: readonly OutbreakPlan[];
  /** All rejected records. */
  rejected: readonly Rejected[];
  /** The rejected records that Go.Data refused. */
  refused: readonly Rejected[];
  /** Relationships whose other person is not in Go.Data yet. */
  waiting: readonly MappedRelationship[];
  /** Those that waited before this run, and those of them that it did not try. */
  former: readonly TrackedRelationship[];
  untried: readonly TrackedRelationship[];
}

/**
 * The cursor for the next run: where the batch ended, the people to read again, and the
 * relationships that wait for their other person.
 *
 * @param next where the batch ended
 */
export function toNextCursor(
  next: TrackerCursor,
  { plans, rejected, refused, waiting, former, untried }: Unfinished,
): TrackerCursor {
  const { retry: earlier = [], waiting: _waiting, ...rest } = next;
  const again = [
    ...new Set([...earlier, ...toRetry(rejected, plans), ...newEnds(waiting, former)]),
  ];
  // Those that were tried last go behind the others.
  const all = [...untried, ...waiting.map(({ origin }) => origin)].slice(-MAX_WAITING);
  return {
    ...rest,
    ...(again.length > 0 ? { retry: again } : {}),
    ...(all.length > 0 ? { waiting: toStoredRelationships(all) } : {}),
    ...(partialOf(plans, refused).length > 0 ? { isPartial: true } : {}),
  };
}

/**
 * The people of relationships that have just begun to wait. Somebody who was first entered in
 * Go.Data is found there by the note that DHIS2 has, so both must be read again; once is enough.
 */
function newEnds(
  waiting: readonly MappedRelationship[],
  former: readonly TrackedRelationship[],
): string[] {
  const known = new Set(former.map(({ id }) => id));
  return waiting
    .filter(({ key }) => !known.has(key))
    .flatMap(({ source, target }) => [source, target]);
}

/**
 * Ids in the source of people whom the next run reads again, changed or not: one of their records
 * was rejected or was written in part.
 */
function toRetry(rejected: readonly Rejected[], plans: readonly OutbreakPlan[]): Set<string> {
  const owners = new Map<string, string>();
  for (const { relationships, labResults } of plans) {
    for (const { key, at } of [
      ...relationships.creates,
      ...relationships.changes,
      ...labResults.creates,
      ...labResults.changes,
    ]) {
      owners.set(key, at.person.id);
    }
  }
  return new Set([
    ...rejected.map(({ id }) => owners.get(id) ?? id),
    ...partialOf(plans, []).map(({ target }) => target),
  ]);
}

/** New relationships that were written without the data of the exposed person. */
function partialOf(plans: readonly OutbreakPlan[], refused: readonly Rejected[]) {
  const refusedIds = new Set(refused.map(({ id }) => id));
  return plans.flatMap(({ relationships }) =>
    relationships.partial.filter(({ key }) => !refusedIds.has(key)),
  );
}
