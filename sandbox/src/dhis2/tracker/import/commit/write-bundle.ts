import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { Note, TrackerDrafts } from '../../types.js';
import { type Bundle, readEnd } from '../bundle.js';
import type {
  Payload,
  PayloadEnrollment,
  PayloadEvent,
  PayloadRelationship,
  PayloadTrackedEntity,
} from '../payload.js';
import { attributeOptionComboOf } from '../validate/attribute-option-combo.js';
import { mergeValues } from './merge-values.js';

type Store = ServerContext['store'];

/**
 * Writes valid objects. Fields are replaced, values and notes are merged, and relationships are not
 * changed (dhis2 FACTS §4.1).
 */
export function writeBundle(store: Store, bundle: Bundle, payload: Payload): void {
  for (const one of payload.trackedEntities) {
    store.tracker.put('trackedEntities', toTrackedEntity(store, one));
  }
  for (const one of payload.enrollments) {
    store.tracker.put('enrollments', toEnrollment(store, one));
    writeAttributes(store, one);
  }
  for (const one of payload.events) store.tracker.put('events', toEvent(store, one));
  for (const one of payload.relationships) {
    if (bundle.strategyOf(one) === 'UPDATE') continue;
    store.tracker.put('relationships', toRelationship(one));
  }
}

function toTrackedEntity(
  { tracker }: Store,
  one: PayloadTrackedEntity,
): TrackerDrafts['trackedEntities'] {
  const before = tracker.get('trackedEntities', one.uid);
  return {
    trackedEntity: one.uid,
    ...originOf(one, before),
    trackedEntityType: one.trackedEntityType!,
    orgUnit: one.orgUnit!,
    inactive: one.inactive,
    potentialDuplicate: one.potentialDuplicate,
    ...given('geometry', one.geometry),
    attributes: mergeValues('attribute', before?.attributes, one.attributes),
  };
}

function toEnrollment(
  { tracker, time }: Store,
  one: PayloadEnrollment,
): TrackerDrafts['enrollments'] {
  const before = tracker.get('enrollments', one.uid);
  const completedAt = completionOf(one.status !== 'ACTIVE', one.status, before, time.now());
  return {
    enrollment: one.uid,
    ...originOf(one, before),
    trackedEntity: one.trackedEntity!,
    program: one.program!,
    orgUnit: one.orgUnit!,
    status: one.status,
    enrolledAt: one.enrolledAt!,
    occurredAt: one.occurredAt ?? one.enrolledAt!,
    ...given('completedAt', completedAt),
    followUp: one.followUp,
    ...given('geometry', one.geometry),
    notes: addNotes(tracker, before?.notes, one.notes),
  };
}

/** The completion date of an object. A change of status sets it; an open object has none. */
function completionOf(
  isOver: boolean,
  status: string,
  before: { status: string; completedAt?: string } | undefined,
  now: string,
): string | undefined {
  if (!isOver) return undefined;
  return status === before?.status ? before.completedAt : now;
}

/** The attributes of an enrollment are stored in its tracked entity. */
function writeAttributes({ tracker }: Store, one: PayloadEnrollment): void {
  if (one.attributes.length === 0) return;
  const trackedEntity = tracker.get('trackedEntities', one.trackedEntity!)!;
  const attributes = mergeValues('attribute', trackedEntity.attributes, one.attributes);
  tracker.put('trackedEntities', { ...trackedEntity, attributes });
}

function toEvent({ tracker, time, metadata }: Store, one: PayloadEvent): TrackerDrafts['events'] {
  const before = tracker.get('events', one.uid);
  const completedAt = completionOf(one.status === 'COMPLETED', one.status, before, time.now());
  return {
    event: one.uid,
    ...originOf(one, before),
    ...given('enrollment', one.enrollment),
    programStage: one.programStage!,
    orgUnit: one.orgUnit!,
    status: one.status,
    ...given('occurredAt', one.occurredAt),
    // An event that was not scheduled has no scheduled date (recording 313).
    ...given('scheduledAt', one.scheduledAt),
    ...given('completedAt', completedAt),
    attributeOptionCombo: attributeOptionComboOf(metadata, one),
    ...given('geometry', one.geometry),
    dataValues: mergeValues('dataElement', before?.dataValues, one.dataValues),
    notes: addNotes(tracker, before?.notes, one.notes),
  };
}

function toRelationship(one: PayloadRelationship): TrackerDrafts['relationships'] {
  return {
    relationship: one.uid,
    relationshipType: one.relationshipType!,
    from: readEnd(one.from)!,
    to: readEnd(one.to)!,
    ...given('createdAtClient', one.createdAtClient),
  };
}

/** Notes are added, never changed or removed. */
function addNotes(
  tracker: Store['tracker'],
  before: readonly Note[] = [],
  payload: readonly Note[],
): Note[] {
  return [...before, ...payload.filter(({ note }) => !tracker.hasNote(note))];
}

interface Origin {
  createdAtClient: string | undefined;
  updatedAtClient: string | undefined;
  storedBy: string | undefined;
}

/** The origin that the client states; the user who first stored an object is kept. */
function originOf(one: Origin, before: { storedBy?: string } | undefined) {
  return {
    ...given('createdAtClient', one.createdAtClient),
    ...given('updatedAtClient', one.updatedAtClient),
    ...given('storedBy', before ? before.storedBy : one.storedBy),
  };
}

/** A property that is omitted if it has no value. */
function given<N extends string, V>(name: N, value: V | undefined): { [K in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: V };
}
