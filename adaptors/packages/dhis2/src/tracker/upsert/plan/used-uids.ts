import { eachUid, type UidSource } from '#common/identity/uid.js';
import { isMarkedDeleted } from '../marks.js';
import type { Shadow, StoredEntity } from '../read/stored.js';

/**
 * What happened to a UID. `with-owner`: it was deleted together with the tracked entity or the
 * enrollment that it belonged to. `foreign`: an object of another person has it. `unknown`: DHIS2
 * only says that it is deleted.
 */
type Fate = 'there' | 'ours' | 'with-owner' | 'foreign' | 'deleted' | 'unknown';

/** UIDs that a person's objects have had. */
export interface UsedUids {
  /**
   * The next UID of a source: that of the lowest free generation.
   *
   * @param isOwnerNew whether the object that it belongs to is new: then nobody can have deleted it
   * there
   */
  next(source: Omit<UidSource, 'generation'>, isOwnerNew: boolean): NextUid;
}

export type NextUid = { uid: string } | { blocked: 'deleted' | 'used-up' };

/** What the answer depends on. */
export interface UsedUidsContext {
  /** Go.Data id. */
  person: string;
  /** The tracked entities that have been the person's, deleted ones included. */
  shadows: readonly Shadow[];
  stored: StoredEntity | undefined;
  usedUp: ReadonlySet<string>;
  /** UIDs that objects of other people have: nobody has deleted them, and the next one is taken. */
  foreign: ReadonlySet<string>;
  recreate: boolean;
}

/** Records which UIDs a person's enrollments and events have had. */
export function createUsedUids({
  person,
  shadows,
  stored,
  usedUp,
  foreign,
  recreate,
}: UsedUidsContext): UsedUids {
  const fates = new Map<string, Fate>();
  const living = new Set<string>();
  for (const { enrollment, events = [] } of stored?.enrollments ?? []) {
    living.add(enrollment);
    for (const { event } of events) living.add(event);
  }
  for (const shadow of shadows) {
    const isOwn = shadow.trackedEntity === stored?.trackedEntity;
    for (const { enrollment, notes, events = [] } of shadow.enrollments ?? []) {
      const isMarked = isMarkedDeleted(notes, person);
      if (!living.has(enrollment)) {
        fates.set(enrollment, !isOwn ? 'with-owner' : isMarked ? 'ours' : 'deleted');
      }
      for (const event of events) {
        const isLost = !isOwn || !living.has(enrollment);
        const isOurs = isMarkedDeleted(event.notes, person);
        fates.set(event.event, isLost ? 'with-owner' : isOurs ? 'ours' : 'deleted');
      }
    }
  }
  for (const uid of living) fates.set(uid, 'there');
  for (const uid of foreign) fates.set(uid, 'foreign');
  const fateOf = (uid: string) => fates.get(uid) ?? (usedUp.has(uid) ? 'unknown' : undefined);
  return {
    next(source, isOwnerNew) {
      for (const uid of eachUid(source)) {
        const fate = fateOf(uid);
        if (fate === undefined) return { uid };
        const isBlocked = fate === 'deleted' || (fate === 'unknown' && !isOwnerNew);
        if (isBlocked && !recreate) return { blocked: 'deleted' };
      }
      return { blocked: 'used-up' };
    },
  };
}
