import type { MetadataReader } from '../../metadata/reader.js';
import { isOfSingleEvents } from '../programs.js';
import type {
  Enrollment,
  Relationship,
  TrackerEvent,
  TrackerKind,
  TrackerObjects,
} from '../types.js';
import type { TrackerReader } from './reader.js';
import { idOf, isTrackerKind, itemReference, REFERENCES_OF } from './references.js';

/** Properties that never change once an object exists (dhis2 FACTS §4.1). */
const IMMUTABLE: { readonly [K in TrackerKind]: readonly (keyof TrackerObjects[K])[] } = {
  trackedEntities: ['trackedEntityType'],
  enrollments: ['trackedEntity', 'program'],
  events: ['enrollment', 'programStage'],
  relationships: ['relationshipType', 'from', 'to'],
};

/** DHIS2's codes for a UID that is deleted (dhis2 FACTS §4.1). */
const DELETED_CODES: Readonly<Record<TrackerKind, string>> = {
  trackedEntities: 'E1114',
  enrollments: 'E1113',
  events: 'E1082',
  relationships: 'E4017',
};

/**
 * Checks that the metadata and the parents of an object exist, as a database's foreign keys do.
 *
 * @throws Error naming the problem
 */
export function checkObject<K extends TrackerKind>(
  store: TrackerReader,
  metadata: MetadataReader,
  kind: K,
  object: TrackerObjects[K],
): void {
  const name = `${kind}/${idOf(kind, object)}`;
  for (const { to, id } of REFERENCES_OF[kind](object)) {
    const target = isTrackerKind(to) ? store.get(to, id) : metadata.get(to, id);
    if (!target) throw new Error(`${name} refers to ${to}/${id}, which does not exist.`);
  }
  if (kind === 'enrollments') {
    const { program, trackedEntity } = object as unknown as Enrollment;
    const type = metadata.get('programs', program)!.trackedEntityType?.id;
    if (store.get('trackedEntities', trackedEntity)!.trackedEntityType !== type) {
      throw new Error(`${name} is in a program for another type of tracked entity.`);
    }
  }
  if (kind === 'events') {
    const { programStage, enrollment } = object as unknown as TrackerEvent;
    const program = metadata.get('programStages', programStage)!.program.id;
    const isSingle = isOfSingleEvents(metadata.get('programs', program)!);
    if (isSingle !== (enrollment === undefined)) {
      throw new Error(`${name} ${isSingle ? 'is single, but has an' : 'has no'} enrollment.`);
    }
    if (enrollment !== undefined && store.get('enrollments', enrollment)!.program !== program) {
      throw new Error(`${name} has a stage of another program than its enrollment.`);
    }
  }
  if (kind === 'relationships') {
    const { from, to } = object as unknown as Relationship;
    if (itemReference(from).id === itemReference(to).id) {
      throw new Error(`${name} links an object to itself (E4000).`);
    }
  }
}

/**
 * Checks that a write does not change what must not change.
 *
 * @throws Error with the code of DHIS2's own refusal
 */
export function checkDraft<K extends TrackerKind>(
  store: TrackerReader,
  kind: K,
  object: TrackerObjects[K],
  before: TrackerObjects[K] | undefined,
): void {
  const name = `${kind}/${idOf(kind, object)}`;
  if (object.deleted) throw new Error(`${name} is to be deleted: use delete().`);
  if (before?.deleted) {
    throw new Error(`${name} is deleted, and its UID used up (${DELETED_CODES[kind]}).`);
  }
  for (const { to, id } of REFERENCES_OF[kind](object)) {
    if (isTrackerKind(to) && store.get(to, id)?.deleted) {
      throw new Error(`${name} refers to ${to}/${id}, which is deleted.`);
    }
  }
  const changed =
    before &&
    IMMUTABLE[kind].find(key => JSON.stringify(before[key]) !== JSON.stringify(object[key]));
  if (changed !== undefined) throw new Error(`${name} cannot change its ${String(changed)}.`);
}
