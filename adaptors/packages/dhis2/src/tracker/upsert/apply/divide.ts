import type { PlannedObject } from '../plan/person-plan.js';
import { type Outcome, parentsOf } from './outcome.js';

/** New relationships whose ends exist, and those with an end that does not. */
export function divide(
  related: readonly PlannedObject[],
  people: ReadonlyMap<PlannedObject, Outcome>,
): { orphans: Map<PlannedObject, Outcome>; possible: PlannedObject[][] } {
  const lost = new Map(
    [...people]
      .filter(([{ kind, change }, { state }]) => {
        return kind === 'trackedEntities' && change === 'create' && state === 'refused';
      })
      .map(([object]) => [object.uid, object]),
  );
  const orphans = new Map<PlannedObject, Outcome>();
  const possible: PlannedObject[][] = [];
  for (const object of related) {
    if (object.change !== 'create') continue;
    const by = parentsOf(object).flatMap(uid => lost.get(uid) ?? [])[0];
    if (by) orphans.set(object, { state: 'orphaned', by });
    else possible.push([object]);
  }
  return { orphans, possible };
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
