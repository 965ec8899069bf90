import type { Loss } from '#common/brake/large-change.js';
import { type BatchCounts, ownedOf } from '#common/brake/owned.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type { PersonPlan, PlannedObject } from './plan/person-plan.js';
import type { BatchPlan } from './plan/plan-batch.js';
import type { Existing } from './read/read-existing.js';

const isGone = ({ change }: PlannedObject) => change === 'delete' || change === 'cancel';
const isOfPerson = ({ kind }: PlannedObject) =>
  kind === 'enrollments' || kind === 'trackedEntities';

/** The records of the batch, by kind. */
export function countBatch({ people, relationships }: BatchPlan, existing: Existing): BatchCounts {
  const isThere = ({ id, entity, objects }: PersonPlan) =>
    entity.deleted ? objects.some(isGone) : id !== undefined && existing.stored.has(id);
  const objects = [
    ...people.flatMap(one => one.objects),
    ...relationships.flatMap(one => one.objects),
  ];
  const count = (kind: PlannedObject['kind'], change: PlannedObject['change']) =>
    objects.filter(one => one.kind === kind && one.change === change).length;
  const related = (change: PlannedObject['change'], other: PlannedObject['change']) =>
    relationships.filter(plan => {
      const changes = plan.objects.map(one => one.change);
      return changes.includes(change) && !changes.includes(other);
    }).length;
  const events = [...existing.stored.values()]
    .flatMap(({ enrollments = [] }) => enrollments)
    .reduce((sum, one) => sum + (one.events?.length ?? 0), 0);
  return {
    people: {
      there: people.filter(isThere).length,
      created: count('trackedEntities', 'create'),
      deleted: people.filter(one => one.objects.some(made => isGone(made) && isOfPerson(made)))
        .length,
    },
    events: {
      there: events,
      created: count('events', 'create'),
      deleted: count('events', 'delete'),
    },
    // One that is replaced is neither new nor lost.
    relationships: {
      there: relationships.length - related('create', 'delete'),
      created: related('create', 'delete'),
      deleted: related('delete', 'create'),
    },
  };
}

/** What a plan would take away from DHIS2. */
export function lossesOf(plan: BatchPlan, existing: Existing, next: BoundTo | undefined): Loss[] {
  const counts = countBatch(plan, existing);
  const loss = (what: string, verb: string, count: number): Loss => ({
    ...{ what, verb, count },
    owned: ownedOf(next, what, counts[what]!),
  });
  return [
    loss('people', 'delete or cancel', counts.people!.deleted),
    loss('people', 'clear values of', plan.people.filter(isCleared).length),
    loss('events', 'delete', counts.events!.deleted),
    loss('relationships', 'delete', counts.relationships!.deleted),
  ];
}

/** Whether a value that DHIS2 has is removed: only differences are sent, and null removes. */
function isCleared({ objects }: PersonPlan): boolean {
  return objects.some(({ change, body }) => {
    if (change !== 'update') return false;
    const values = [body.attributes, body.dataValues].flatMap(list => list ?? []);
    return (values as { value?: unknown }[]).some(({ value }) => value === null || value === '');
  });
}
