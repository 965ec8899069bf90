import type { TrackedRelationship } from './fetched-tracked-entity-batch.js';

/**
 * Maximum number of waiting relationships that a run tries: 500 KB in a state when they are mapped.
 * If there are more, the runs take turns.
 */
export const MAX_TRIED = 1000;

/** Words of a relationship: id, type, both ends, and the day or `-`. */
const WORDS = 5;
const NO_DAY = '-';

/**
 * Relationships whose other end is not yet in Go.Data, as a cursor holds them: the words of one
 * after those of the other. The cursor is in each state twice, and a list of objects would take
 * twice the room.
 *
 * @example
 * toStoredRelationships([{ id: 'Relation001', type: 'ipjUWSTPKFt', from: 'Person00001', to: 'Person00002' }]);
 * // 'Relation001 ipjUWSTPKFt Person00001 Person00002 -'
 */
export function toStoredRelationships(relationships: readonly TrackedRelationship[]): string {
  return relationships
    .map(({ id, type, from, to, createdAt = NO_DAY }) => `${id} ${type} ${from} ${to} ${createdAt}`)
    .join(' ');
}

/**
 * Reads what {@link toStoredRelationships} wrote, or the list that states of earlier versions hold.
 *
 * @param stored undefined: none
 */
export function readStoredRelationships(
  stored: string | readonly TrackedRelationship[] | undefined,
): TrackedRelationship[] {
  if (typeof stored !== 'string') return [...(stored ?? [])];
  const words = stored.split(' ');
  const relationships: TrackedRelationship[] = [];
  for (let at = 0; at + WORDS <= words.length; at += WORDS) {
    const [id, type, from, to, day] = words.slice(at, at + WORDS) as [string, ...string[]];
    relationships.push({
      id,
      type: type!,
      from: from!,
      to: to!,
      ...(day === NO_DAY ? {} : { createdAt: day! }),
    });
  }
  return relationships;
}
