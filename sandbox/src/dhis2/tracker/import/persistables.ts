import { ID_KEYS, itemReference, TRACKER_KINDS } from '../store/references.js';
import type { TrackerStore } from '../store/tracker-store.js';
import type { TrackerKind } from '../types.js';
import { type Bundle, readEnd } from './bundle.js';
import type { Payload, PayloadObjects } from './payload.js';
import type { Reporter } from './reporter.js';

interface Subject {
  kind: TrackerKind;
  uid: string;
}

/**
 * The objects of an import that can be written: valid objects whose parents are stored or are
 * written too. A child of an invalid parent has the error E5000; its own children are omitted
 * without an error (the server's source, PersistablesFilter).
 */
export function selectPersistables(
  bundle: Bundle,
  reporter: Reporter,
  tracker: TrackerStore,
): Payload {
  const written = new Set<string>();
  const hasParent = ({ kind, uid }: Subject) => {
    const stored = tracker.get(kind, uid);
    return written.has(`${kind} ${uid}`) || (stored !== undefined && !stored.deleted);
  };
  const select = <K extends TrackerKind>(kind: K): PayloadObjects[K][] =>
    bundle.payload[kind].filter(object => {
      if (reporter.isInvalid(object)) return false;
      const parents = bundle.strategyOf(object) === 'DELETE' ? [] : parentsOf(object);
      if (parents.every(hasParent)) {
        written.add(`${kind} ${object.uid}`);
        return true;
      }
      for (const parent of parents.filter(one => reporter.isInvalid(one))) {
        const { kind: parentKind, uid } = parent;
        reporter.refuse(object, 'E5000', ID_KEYS[kind], object.uid, ID_KEYS[parentKind], uid);
      }
      return false;
    }) as PayloadObjects[K][];
  return Object.fromEntries(TRACKER_KINDS.map(kind => [kind, select(kind)])) as unknown as Payload;
}

/**
 * The objects that an object requires: an enrollment its tracked entity, an event its enrollment.
 */
function parentsOf(object: PayloadObjects[TrackerKind]): Subject[] {
  if (object.kind === 'enrollments') {
    return [{ kind: 'trackedEntities', uid: object.trackedEntity! }];
  }
  if (object.kind === 'events') {
    return object.enrollment === undefined ? [] : [{ kind: 'enrollments', uid: object.enrollment }];
  }
  if (object.kind === 'trackedEntities') return [];
  return [object.from, object.to].map(item => {
    const { to, id } = itemReference(readEnd(item)!);
    return { kind: to, uid: id };
  });
}
