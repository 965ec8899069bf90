import type { PersonPlan } from './person-plan.js';
import type { TakenValue } from './unique-values.js';

/**
 * Marks people who are held back because of a unique value that its holder loses in the same run:
 * they are planned again when it is free. A holder may wait for another one's value in turn.
 *
 * @param heldBack by Go.Data id: the values that others have
 */
export function awaitValues(
  plans: ReadonlyMap<string, PersonPlan>,
  heldBack: ReadonlyMap<string, readonly TakenValue[]>,
): void {
  const byEntity = new Map([...plans.values()].map(one => [one.id, one]));
  const isLost = ({ attribute, holder }: TakenValue) => {
    const plan = byEntity.get(holder.trackedEntity);
    return plan !== undefined && (plan.awaits !== undefined || loses(plan, attribute));
  };
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const [id, taken] of heldBack) {
      const plan = plans.get(id)!;
      if (plan.awaits || !taken.some(isLost)) continue;
      plan.awaits = taken.map(({ attribute, holder: { trackedEntity } }) => {
        return { attribute, trackedEntity };
      });
      isNew = true;
    }
  }
}

/** Whether a plan changes or removes the value that a tracked entity has for an attribute. */
export function loses({ objects }: PersonPlan, attribute: string): boolean {
  return objects.some(({ kind, change, fields }) => {
    return (kind === 'trackedEntities' && change === 'delete') || fields.includes(attribute);
  });
}
