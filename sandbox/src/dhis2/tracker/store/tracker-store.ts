import type { CollectionName } from '../../metadata/collections.js';
import type { MetadataTables } from '../../metadata/tables.js';
import { randomUid } from '../../metadata/uid.js';
import { ObjectTable } from '../../store/object-table.js';
import { SETUP_TIME, type ServerTime } from '../../store/time.js';
import type {
  Enrollment,
  ProgramOwner,
  Relationship,
  TrackedEntity,
  TrackerDrafts,
  TrackerEvent,
  TrackerKind,
  TrackerObjects,
  TrackerSeed,
} from '../types.js';
import { checkDraft, checkObject } from './check.js';
import { COMPLETE } from './complete.js';
import { OwnerIndex } from './owner-index.js';
import { ProgramOwners } from './program-owners.js';
import type { TrackerReader } from './reader.js';
import { idOf, idReader, itemReference, REFERENCES_OF, TRACKER_KINDS } from './references.js';
import { ValueIndex } from './value-index.js';

type Tables = { readonly [K in TrackerKind]: ObjectTable<TrackerObjects[K]> };

/**
 * Tracked entities, enrollments, events and relationships. A deleted object is kept as a tombstone,
 * and its UID cannot be used again (dhis2 FACTS §4.1).
 */
export class TrackerStore implements TrackerReader {
  private readonly tables: Tables;
  private readonly belongings = new OwnerIndex();
  /** The org units that own tracked entities in programs. */
  readonly owners: ProgramOwners;
  private readonly values: ValueIndex;
  private readonly noteIds = new Set<string>();
  private readonly placeholders = new Map<string, string>();

  /** @throws Error when the seed refers to an object that does not exist */
  constructor(
    seed: TrackerSeed,
    private readonly metadata: MetadataTables,
    private readonly time: ServerTime,
  ) {
    this.values = new ValueIndex(
      id => metadata.get('trackedEntityAttributes', id)?.unique === true,
    );
    this.tables = Object.fromEntries(
      TRACKER_KINDS.map(kind => [kind, new ObjectTable<object>([], idReader(kind))]),
    ) as unknown as Tables;
    this.owners = new ProgramOwners(seed.programOwners ?? []);
    for (const kind of TRACKER_KINDS) this.load(kind, seed[kind] ?? []);
  }

  /** All objects in the order of their creation, deleted ones included. */
  list<K extends TrackerKind>(kind: K): readonly TrackerObjects[K][] {
    return this.tables[kind].list();
  }

  /** All objects in a named order, sorted once until the next change. */
  ordered<K extends TrackerKind>(
    kind: K,
    order: string,
    sort: (all: readonly TrackerObjects[K][]) => readonly TrackerObjects[K][],
  ): readonly TrackerObjects[K][] {
    const table = this.tables[kind] as ObjectTable<TrackerObjects[K]>;
    return table.derived(`order ${order}`, () => sort(table.list()));
  }

  get<K extends TrackerKind>(kind: K, id: string): TrackerObjects[K] | undefined {
    return this.tables[kind].get(id);
  }

  /** The enrollments of a tracked entity, the oldest first. */
  enrollmentsOf(trackedEntity: string): Enrollment[] {
    return this.ownedBy('enrollments', trackedEntity);
  }

  /** The events of an enrollment, the oldest first. */
  eventsOf(enrollment: string): TrackerEvent[] {
    return this.ownedBy('events', enrollment);
  }

  /** The single events of a stage, the oldest first. */
  singleEventsOf(programStage: string): TrackerEvent[] {
    return this.ownedBy('events', programStage);
  }

  /**
   * The enrollment that a server has for all single events of a program. It is not an object of its
   * own, but up to 2.42 these events name it (recording 312).
   */
  placeholderEnrollmentOf(program: string): string {
    const known = this.placeholders.get(program) ?? randomUid();
    this.placeholders.set(program, known);
    return known;
  }

  /** The relationships that an object is in, at either end. */
  relationshipsOf(id: string): Relationship[] {
    return this.ownedBy('relationships', id);
  }

  /** The enrollments in a program, the oldest first. */
  enrollmentsIn(program: string): Enrollment[] {
    return this.ownedBy('enrollments', program);
  }

  /** The tracked entities that have a value of a unique attribute. */
  trackedEntitiesWith(attribute: string, value: string): readonly string[] {
    return this.values.list(attribute, value);
  }

  /** Whether an enrollment or an event has a note with this id. */
  hasNote(id: string): boolean {
    return this.noteIds.has(id);
  }

  /** The org unit that owns a tracked entity in a program. */
  ownerOf(trackedEntity: string, program: string): string | undefined {
    return this.owners.get(trackedEntity, program);
  }

  /** The tracked entity of an object, or the object itself. */
  trackedEntityOf(kind: TrackerKind, id: string): TrackedEntity | undefined {
    if (kind === 'trackedEntities') return this.get('trackedEntities', id);
    if (kind === 'relationships') {
      const origin = this.get('relationships', id)?.from;
      const { to, id: end } = origin ? itemReference(origin) : { to: kind, id: '' };
      return to === 'relationships' ? undefined : this.trackedEntityOf(to, end);
    }
    const enrollmentId = kind === 'events' ? this.get('events', id)?.enrollment : id;
    const enrollment = this.get('enrollments', enrollmentId ?? '');
    return enrollment && this.get('trackedEntities', enrollment.trackedEntity);
  }

  /**
   * Adds an object, or replaces the one with its id. Its `updatedAt` becomes the current time, and
   * so does that of its tracked entity, or of the tracked entity at the start of a relationship; if
   * the relationship is bidirectional, of those at both ends (dhis2 FACTS §4.2, LIVE 214).
   *
   * @throws Error when it refers to a missing or deleted object, when its own UID is deleted, or
   * when it moves to another owner
   * @example
   * store.tracker.put('enrollments', {
   *   enrollment: 'EnrollmentA', trackedEntity: 'PersonAAAAA', program: 'uYjxkTbwRNf',
   *   orgUnit: 'ImspTQPwCqd', enrolledAt: '2026-08-01',
   * });
   */
  put<K extends TrackerKind>(kind: K, draft: TrackerDrafts[K]): void {
    const before = this.get(kind, idOf(kind, draft as TrackerObjects[K]));
    const object = COMPLETE[kind](
      { ...this.writing(this.time.now()), keepsStamps: false },
      structuredClone(draft),
      before,
    );
    checkDraft(this, kind, object, before);
    checkObject(this, this.metadata, kind, object);
    this.store(kind, object);
    this.touch(kind, idOf(kind, object));
  }

  /**
   * Deletes an object with all objects that belong to it; tombstones are kept. The tracked entity's
   * `updatedAt` becomes the current time.
   *
   * @returns whether there was an object to delete
   */
  delete(kind: TrackerKind, id: string): boolean {
    const object = this.get(kind, id);
    if (!object || object.deleted) return false;
    if (kind !== 'relationships') {
      for (const one of this.relationshipsOf(id)) this.delete('relationships', one.relationship);
    }
    if (kind === 'trackedEntities') {
      for (const one of this.enrollmentsOf(id)) this.delete('enrollments', one.enrollment);
    }
    if (kind === 'enrollments') {
      for (const one of this.eventsOf(id)) this.delete('events', one.event);
    }
    this.store(kind, { ...object, deleted: true, updatedAt: this.time.now() });
    this.touch(kind, id);
    return true;
  }

  /** Whether an object refers to metadata, deleted objects included. */
  refersTo(collection: CollectionName, id: string): boolean {
    return TRACKER_KINDS.some(kind =>
      this.list(kind).some(object =>
        referencesOf(kind, object).some(one => one.to === collection && one.id === id),
      ),
    );
  }

  toJSON(): TrackerSeed {
    const firstUnitOf = ({ trackedEntity, program }: ProgramOwner) =>
      this.enrollmentsOf(trackedEntity).find(one => one.program === program)?.orgUnit;
    const moved = this.owners.list().filter(one => one.orgUnit !== firstUnitOf(one));
    return {
      ...Object.fromEntries(TRACKER_KINDS.map(kind => [kind, this.list(kind)])),
      ...(moved.length > 0 ? { programOwners: moved } : {}),
    };
  }

  private load<K extends TrackerKind>(kind: K, drafts: readonly TrackerDrafts[K][]): void {
    const writing = { ...this.writing(SETUP_TIME), keepsStamps: true };
    for (const draft of drafts) {
      const object = COMPLETE[kind](writing, draft, undefined);
      checkObject(this, this.metadata, kind, object);
      this.store(kind, object);
    }
  }

  private writing(now: string) {
    return { now, time: this.time, defaultOptionCombo: this.metadata.defaultOptionCombo };
  }

  private store<K extends TrackerKind>(kind: K, object: TrackerObjects[K]): void {
    const id = idOf(kind, object);
    const before = this.get(kind, id);
    if (!before) this.belongings.add(kind, object, id);
    if (kind === 'enrollments') this.owners.claim(object as unknown as Enrollment);
    if (kind === 'trackedEntities') {
      this.values.put(before as TrackedEntity | undefined, object as unknown as TrackedEntity);
    }
    if ('notes' in object) for (const { note } of object.notes) this.noteIds.add(note);
    (this.tables[kind] as ObjectTable<TrackerObjects[K]>).put(object);
  }

  private ownedBy<K extends TrackerKind>(kind: K, owner: string): TrackerObjects[K][] {
    return this.belongings.list(kind, owner).map(id => this.get(kind, id)!);
  }

  /**
   * The tracked entity at the other end of a relationship, if the relationship is bidirectional.
   */
  private otherEndOf(kind: TrackerKind, id: string): TrackedEntity | undefined {
    const relationship = kind === 'relationships' ? this.get('relationships', id) : undefined;
    if (!relationship) return undefined;
    const type = this.metadata.get('relationshipTypes', relationship.relationshipType);
    const { to, id: end } = itemReference(relationship.to);
    return type?.bidirectional ? this.trackedEntityOf(to, end) : undefined;
  }

  private touch(kind: TrackerKind, id: string): void {
    if (kind === 'trackedEntities') return;
    const owners = [this.trackedEntityOf(kind, id), this.otherEndOf(kind, id)];
    for (const owner of new Set(owners)) {
      if (owner) this.store('trackedEntities', { ...owner, updatedAt: this.time.now() });
    }
  }
}

function referencesOf<K extends TrackerKind>(kind: K, object: TrackerObjects[K]) {
  return REFERENCES_OF[kind](object);
}
