import type { PersonPlan, PlannedObject } from '../plan/person-plan.js';
import type { RelationshipPlan } from '../plan/plan-relationships.js';
import { type Outcome, parentsOf } from './outcome.js';

/**
 * New relationships whose ends exist, those to delete, and those with an end that is not written:
 * what they would replace stays.
 */
export function divide(
  relationships: readonly Pick<RelationshipPlan, 'objects'>[],
  people: ReadonlyMap<PlannedObject, Outcome>,
): {
  orphans: Map<PlannedObject, Outcome>;
  parted: PlannedObject[][];
  possible: PlannedObject[][];
} {
  const lost = new Map(
    [...people]
      .filter(([{ kind, change }, { state }]) => {
        return kind === 'trackedEntities' && change === 'create' && /^(refused|held)$/.test(state);
      })
      .map(([object]) => [object.uid, object]),
  );
  const orphans = new Map<PlannedObject, Outcome>();
  const parted: PlannedObject[][] = [];
  const possible: PlannedObject[][] = [];
  for (const { objects } of relationships) {
    const by = objects.flatMap(parentsOf).flatMap(uid => lost.get(uid) ?? [])[0];
    for (const object of objects) {
      const isNew = object.change === 'create';
      if (by) orphans.set(object, isNew ? { state: 'orphaned', by } : { state: 'held' });
      else (isNew ? possible : parted).push([object]);
    }
  }
  return { orphans, parted, possible };
}

export const isEntity = ({ kind }: PlannedObject): boolean => kind === 'trackedEntities';

/** Tracked entities to delete, and those that stay because something of them stayed. */
export function divideDoomed(
  doomed: readonly (readonly PlannedObject[])[],
  gone: ReadonlyMap<PlannedObject, Outcome>,
): { orphans: Map<PlannedObject, Outcome>; possible: PlannedObject[][] } {
  const orphans = new Map<PlannedObject, Outcome>();
  const possible: PlannedObject[][] = [];
  for (const objects of doomed) {
    const by = objects.find(one => gone.get(one)?.state === 'refused');
    for (const entity of objects.filter(isEntity)) {
      if (by) orphans.set(entity, { state: 'orphaned', by });
      else possible.push([entity]);
    }
  }
  return { orphans, possible };
}

/** The deletions of people that are held back, which do not happen either; and the other people. */
export function divideHeld(
  people: readonly PersonPlan[],
  written: ReadonlyMap<PlannedObject, Outcome>,
): [Map<PlannedObject, Outcome>, PersonPlan[]] {
  const isHeld = ({ objects }: PersonPlan) =>
    objects.some(one => {
      const outcome = written.get(one);
      return outcome?.state === 'refused' && outcome.holdsBack !== undefined;
    });
  const doomed = people
    .filter(isHeld)
    .flatMap(({ objects }) => objects.filter(({ change }) => change === 'delete'));
  const held = doomed.map((object): [PlannedObject, Outcome] => [object, { state: 'held' }]);
  return [new Map(held), people.filter(one => !isHeld(one))];
}
