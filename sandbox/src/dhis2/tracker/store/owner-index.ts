import type { Enrollment, Relationship, TrackerEvent, TrackerKind } from '../types.js';
import { itemReference } from './references.js';

/**
 * Which objects belong to which: enrollments to tracked entities and programs, events to
 * enrollments, single events to their stages, relationships to both their ends. Owners never change
 * (dhis2 FACTS §4.1).
 */
export class OwnerIndex {
  private readonly idsOf = new Map<string, string[]>();

  /** Adds a new object. */
  add(kind: TrackerKind, object: object, id: string): void {
    for (const owner of ownersOf(kind, object)) {
      const key = `${kind} ${owner}`;
      const ids = this.idsOf.get(key);
      if (ids) ids.push(id);
      else this.idsOf.set(key, [id]);
    }
  }

  /** The ids of the objects of a kind that belong to an owner, the oldest first. */
  list(kind: TrackerKind, owner: string): readonly string[] {
    return this.idsOf.get(`${kind} ${owner}`) ?? [];
  }
}

function ownersOf(kind: TrackerKind, object: object): string[] {
  if (kind === 'enrollments') {
    const { trackedEntity, program } = object as Enrollment;
    return [trackedEntity, program];
  }
  if (kind === 'events') {
    const { enrollment, programStage } = object as TrackerEvent;
    return [enrollment ?? programStage];
  }
  if (kind === 'trackedEntities') return [];
  const { from, to } = object as Relationship;
  return [itemReference(from).id, itemReference(to).id];
}
