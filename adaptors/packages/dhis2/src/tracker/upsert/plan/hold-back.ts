import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Metadata } from '../check/read-metadata.js';
import { emptyPlan, type PersonPlan, reject } from './person-plan.js';
import type { TakenValue } from './unique-values.js';

/**
 * What happens to a person whose unique values other people have. A new person is not written at
 * all, because it may be the same person. For an existing person DHIS2 keeps its own value, and the
 * rest is written.
 *
 * @param replan plans a person again, with fewer values
 */
export function holdBack(
  entity: MappedEntity,
  { objects }: PersonPlan,
  taken: readonly TakenValue[],
  { nameOf }: Pick<Metadata, 'nameOf'>,
  replan: (entity: MappedEntity) => PersonPlan,
): PersonPlan {
  const isNew = objects.some(
    ({ kind, change }) => kind === 'trackedEntities' && change === 'create',
  );
  const others = new Set(taken.map(({ attribute }) => attribute));
  const kept = Object.entries(entity.attributes).filter(([id]) => !others.has(id));
  const plan = isNew
    ? emptyPlan(entity)
    : replan({ ...entity, attributes: Object.fromEntries(kept) });
  for (const { attribute, holder } of taken) {
    const { person, trackedEntity } = holder;
    const who = person === undefined ? `tracked entity ${trackedEntity}` : `person ${person}`;
    reject(
      plan,
      'DUPLICATE_VALUE',
      `${nameOf(attribute) ?? attribute} (${attribute}): the ${who} has the same value, which must be unique. ${isNew ? 'This person is not written' : 'DHIS2 keeps its own'}. Merge both in Go.Data, or correct one of them.`,
    );
  }
  return plan;
}
