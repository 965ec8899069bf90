import type { RelationshipConstraint, RelationshipType, TrackerDrafts } from '../dhis2/index.js';
import { createDice } from '../outbreak/dice.js';
import { toUid } from '../outbreak/ids.js';
import type { PersonObjects } from './draft-person.js';

type Item = TrackerDrafts['relationships']['from'];

const LINK_STREAM = 33;

/** How often a person has a relationship of a type, to somebody who was registered before. */
const LINKED = 0.6;

/**
 * Invents relationships of each type between ends that its constraints allow; most people have one,
 * to somebody with a lower number.
 *
 * @param seed any whole number
 * @param people in the order of their numbers
 */
export function createLinks(
  seed: number,
  types: readonly RelationshipType[],
  people: readonly PersonObjects[],
): TrackerDrafts['relationships'][] {
  return types.flatMap((type, rank) => {
    const targets: [item: Item, person: PersonObjects][] = [];
    return people.flatMap((person, number) => {
      const dice = createDice(seed, LINK_STREAM, rank, number);
      const earlier = targets.filter(([, other]) => other !== person);
      const own = dice.chance(LINKED) ? endsOf(person, type.toConstraint)[0] : undefined;
      for (const item of endsOf(person, type.fromConstraint)) targets.push([item, person]);
      if (!own || earlier.length === 0) return [];
      const [from, other] = dice.pick(earlier);
      const isDeleted = person.trackedEntity.deleted || other.trackedEntity.deleted;
      return {
        relationship: toUid(dice),
        relationshipType: type.id,
        from,
        to: own,
        createdAt: person.trackedEntity.createdAt,
        ...(isDeleted ? { deleted: true } : {}),
      };
    });
  });
}

/** What a person has that may be at an end of a relationship. */
function endsOf(
  { trackedEntity, enrollments, events }: PersonObjects,
  { relationshipEntity, trackedEntityType, program, programStage }: RelationshipConstraint,
): Item[] {
  const isIn = enrollments.filter(one => !program || one.program === program.id);
  if (relationshipEntity === 'TRACKED_ENTITY_INSTANCE') {
    const fits =
      (!trackedEntityType || trackedEntity.trackedEntityType === trackedEntityType.id) &&
      isIn.length > 0;
    return fits ? [{ trackedEntity: { trackedEntity: trackedEntity.trackedEntity } }] : [];
  }
  if (relationshipEntity === 'PROGRAM_INSTANCE') {
    return isIn.map(({ enrollment }) => ({ enrollment: { enrollment } }));
  }
  const ids = new Set(isIn.map(({ enrollment }) => enrollment));
  return events
    .filter(one => ids.has(one.enrollment!))
    .filter(one => !programStage || one.programStage === programStage.id)
    .map(({ event }) => ({ event: { event } }));
}
