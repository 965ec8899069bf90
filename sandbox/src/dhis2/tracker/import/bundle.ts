import { sandboxRefusal } from '../../http/web-message.js';
import { itemReference, TRACKER_KINDS } from '../store/references.js';
import type { TrackerStore } from '../store/tracker-store.js';
import type { RelationshipItem, TrackerKind, TrackerObjects } from '../types.js';
import type { ImportStrategy } from './params.js';
import type {
  Payload,
  PayloadEnrollment,
  PayloadItem,
  PayloadObjects,
  PayloadRelationship,
} from './payload.js';

/** The action on one object. */
export type Strategy = 'CREATE' | 'UPDATE' | 'DELETE';

/** The objects of an import, the action on each, and the stored objects. */
export class Bundle {
  private readonly byUid = new Map<string, PayloadObjects[TrackerKind]>();
  private readonly enrollments = new Map<string, PayloadEnrollment[]>();
  private readonly valueHolders = new Map<string, Set<string>>();
  /** The number of objects of each kind in the request, duplicates included. */
  readonly sizes: Readonly<Record<TrackerKind, number>>;
  readonly payload: Payload;

  /** Objects that the payload contains more than once. */
  readonly twice: PayloadObjects[TrackerKind][] = [];

  /**
   * @param readsTwice kinds whose objects may occur twice
   * @throws Refusal when two objects of another kind have the same UID
   */
  constructor(
    payload: Payload,
    private readonly strategy: ImportStrategy,
    private readonly tracker: TrackerStore,
    isBidirectional: (relationshipType: string) => boolean,
    readsTwice: readonly TrackerKind[],
  ) {
    this.sizes = Object.fromEntries(
      TRACKER_KINDS.map(kind => [kind, payload[kind].length]),
    ) as Record<TrackerKind, number>;
    this.payload = {
      ...payload,
      relationships: distinct(payload.relationships, isBidirectional),
    };
    for (const object of this.all()) {
      const key = `${object.kind} ${object.uid}`;
      if (this.byUid.has(key)) {
        if (!readsTwice.includes(object.kind)) {
          throw sandboxRefusal(400, `two ${object.kind} with the UID ${object.uid}`);
        }
        this.twice.push(object);
      }
      this.byUid.set(key, object);
      this.index(object);
    }
  }

  all(): PayloadObjects[TrackerKind][] {
    return TRACKER_KINDS.flatMap<PayloadObjects[TrackerKind]>(kind => this.payload[kind]);
  }

  find<K extends TrackerKind>(kind: K, uid: string | undefined): PayloadObjects[K] | undefined {
    return this.byUid.get(`${kind} ${uid}`) as PayloadObjects[K] | undefined;
  }

  /** The enrollments of a tracked entity in the payload. */
  enrollmentsOf(trackedEntity: string): readonly PayloadEnrollment[] {
    return this.enrollments.get(trackedEntity) ?? [];
  }

  /** The tracked entities to which the payload gives a value, also through their enrollments. */
  trackedEntitiesWith(attribute: string, value: string): readonly string[] {
    return [...(this.valueHolders.get(`${attribute} ${value}`) ?? [])];
  }

  /** The stored object, also if it is deleted. */
  before<K extends TrackerKind>(object: { kind: K; uid: string }): TrackerObjects[K] | undefined {
    return this.tracker.get(object.kind, object.uid);
  }

  /** The action on an object. A deleted one still exists, and cannot be created again. */
  strategyOf(object: { kind: TrackerKind; uid: string }): Strategy {
    if (this.strategy !== 'CREATE_AND_UPDATE') return this.strategy;
    return this.before(object) ? 'UPDATE' : 'CREATE';
  }

  private index(object: PayloadObjects[TrackerKind]): void {
    if (object.kind !== 'trackedEntities' && object.kind !== 'enrollments') return;
    const holder = object.kind === 'trackedEntities' ? object.uid : object.trackedEntity;
    if (holder === undefined) return;
    if (object.kind === 'enrollments') {
      this.enrollments.set(holder, [...this.enrollmentsOf(holder), object]);
    }
    for (const { id, value } of object.attributes) {
      const key = `${id} ${value}`;
      const holders = this.valueHolders.get(key) ?? new Set();
      this.valueHolders.set(key, holders.add(holder));
    }
  }
}

/** The object at one end of a relationship; undefined if the end does not name exactly one. */
export function readEnd(item: PayloadItem | undefined): RelationshipItem | undefined {
  const { trackedEntity, enrollment, event } = item ?? {};
  const ends = [
    ...(trackedEntity ? [{ trackedEntity: { trackedEntity } }] : []),
    ...(enrollment ? [{ enrollment: { enrollment } }] : []),
    ...(event ? [{ event: { event } }] : []),
  ];
  return ends.length === 1 ? ends[0] : undefined;
}

/**
 * Relationships without duplicates. The second one is omitted silently, for example when both ends
 * contain the same relationship (the server's source, DuplicateRelationshipsPreProcessor).
 */
function distinct(
  relationships: readonly PayloadRelationship[],
  isBidirectional: (relationshipType: string) => boolean,
): PayloadRelationship[] {
  const known = new Set<string>();
  return relationships.filter(({ relationshipType, from, to }) => {
    const [origin, target] = [readEnd(from), readEnd(to)];
    if (!relationshipType || !origin || !target) return true;
    const key = (one: RelationshipItem, other: RelationshipItem) =>
      `${relationshipType} ${itemReference(one).id} ${itemReference(other).id}`;
    const isKnown =
      known.has(key(origin, target)) ||
      (isBidirectional(relationshipType) && known.has(key(target, origin)));
    known.add(key(origin, target));
    return !isKnown;
  });
}
