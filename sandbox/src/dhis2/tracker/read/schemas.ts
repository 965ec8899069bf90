import { programOfEvent } from '../programs.js';
import { itemReference } from '../store/references.js';
import type {
  AttributeValue,
  Enrollment,
  EventDataValue,
  Note,
  Relationship,
  RelationshipItem,
  TrackedEntity,
  TrackerEvent,
} from '../types.js';
import { livingAttributes } from './select/living-attributes.js';
import { type Field, type Schema, stored, type ViewContext } from './view.js';

/** Until 2.43 (dhis2 FACTS §4.1). */
const STORED_BY: Field<{ storedBy?: string }> = {
  read: ({ dialect }, { storedBy }) => (dialect.tracker.hasStoredBy ? storedBy : undefined),
};

const ATTRIBUTE: Schema<AttributeValue> = {
  ...stored<AttributeValue>('attribute', 'value', 'createdAt', 'updatedAt'),
  code: { read: (context, value) => attributeOf(context, value)?.code },
  displayName: { read: (context, value) => attributeOf(context, value)?.name },
  valueType: { read: (context, value) => attributeOf(context, value)?.valueType },
  storedBy: STORED_BY,
};

const DATA_VALUE: Schema<EventDataValue> = {
  ...stored<EventDataValue>('dataElement', 'value', 'createdAt', 'updatedAt', 'providedElsewhere'),
  storedBy: STORED_BY,
};

const NOTE: Schema<Note> = {
  ...stored<Note>('note', 'storedAt', 'value'),
  storedBy: STORED_BY,
};

interface ProgramOwner {
  orgUnit: string | undefined;
  trackedEntity: string;
  program: string;
}

const OWNER: Schema<ProgramOwner> = stored<ProgramOwner>('orgUnit', 'trackedEntity', 'program');

const NOTES: Field<{ notes: Note[] }> = { read: (_, { notes }) => notes, parts: NOTE };

/**
 * Objects at the ends of relationships: complete, but without their own relationships, as in the
 * server's source.
 */
const EVENT_ALONE: Schema<TrackerEvent> = {
  ...stored<TrackerEvent>(
    'event',
    'status',
    'programStage',
    'orgUnit',
    'occurredAt',
    'scheduledAt',
    'completedAt',
    'followUp',
    'deleted',
    'createdAt',
    'createdAtClient',
    'updatedAt',
    'updatedAtClient',
    'attributeOptionCombo',
    'geometry',
  ),
  notes: NOTES,
  program: { read: ({ store }, event) => programOfEvent(store.metadata, event).id },
  enrollment: { read: enrollmentIdOf },
  trackedEntity: {
    read: (context, { enrollment }) => enrollmentOf(context, enrollment)?.trackedEntity,
  },
  dataValues: { read: shownDataValues, parts: DATA_VALUE },
  storedBy: STORED_BY,
};

const ENROLLMENT_ALONE: Schema<Enrollment> = {
  ...stored<Enrollment>(
    'enrollment',
    'trackedEntity',
    'program',
    'status',
    'orgUnit',
    'enrolledAt',
    'occurredAt',
    'completedAt',
    'followUp',
    'deleted',
    'createdAt',
    'createdAtClient',
    'updatedAt',
    'updatedAtClient',
    'geometry',
  ),
  notes: NOTES,
  attributes: { read: programAttributes, parts: ATTRIBUTE },
  events: { read: eventsOf, parts: EVENT_ALONE },
  storedBy: STORED_BY,
};

const TRACKED_ENTITY_ALONE: Schema<TrackedEntity> = {
  ...stored<TrackedEntity>(
    'trackedEntity',
    'trackedEntityType',
    'createdAt',
    'createdAtClient',
    'updatedAt',
    'updatedAtClient',
    'orgUnit',
    'inactive',
    'deleted',
    'potentialDuplicate',
    'geometry',
  ),
  attributes: { read: shownAttributes, parts: ATTRIBUTE },
  enrollments: { read: enrollmentsOf, parts: ENROLLMENT_ALONE },
  programOwners: { read: programOwners, parts: OWNER },
  storedBy: STORED_BY,
};

const ITEM: Schema<RelationshipItem> = {
  trackedEntity: { read: readEnd('trackedEntities'), parts: TRACKED_ENTITY_ALONE },
  enrollment: { read: readEnd('enrollments'), parts: ENROLLMENT_ALONE },
  event: { read: readEnd('events'), parts: EVENT_ALONE },
};

export const RELATIONSHIP: Schema<Relationship> = {
  ...stored<Relationship>(
    'relationship',
    'relationshipType',
    'createdAt',
    'createdAtClient',
    'updatedAt',
  ),
  relationshipName: { read: (context, one) => relationshipTypeOf(context, one).name },
  bidirectional: { read: (context, one) => relationshipTypeOf(context, one).bidirectional },
  from: { read: (_, { from }) => from, parts: ITEM },
  to: { read: (_, { to }) => to, parts: ITEM },
};

const relationships = <T extends object>(key: keyof T): Field<T> => ({
  read: (context, object) =>
    context.store.tracker
      .relationshipsOf(object[key] as string)
      .filter(
        one =>
          (context.includesDeleted || !one.deleted) &&
          context.access.canSeeRelationship(one) &&
          isShownAt(context, one, object[key] as string),
      ),
  parts: RELATIONSHIP,
});

/**
 * A relationship with a direction appears at its start, not at its end (recording 312, dhis2 LIVE).
 */
function isShownAt(context: ViewContext, one: Relationship, id: string): boolean {
  return relationshipTypeOf(context, one).bidirectional || itemReference(one.from).id === id;
}

export const EVENT: Schema<TrackerEvent> = {
  ...EVENT_ALONE,
  relationships: relationships<TrackerEvent>('event'),
};

export const ENROLLMENT: Schema<Enrollment> = {
  ...ENROLLMENT_ALONE,
  events: { read: eventsOf, parts: EVENT },
  relationships: relationships<Enrollment>('enrollment'),
};

/**
 * A requested tracked entity has the attributes of its type. With a program it also has the
 * attributes of the program, and only that program's enrollments and owner (dhis2 LIVE 226,
 * "Enrollments by program").
 */
export const TRACKED_ENTITY: Schema<TrackedEntity> = {
  ...TRACKED_ENTITY_ALONE,
  attributes: { read: askedAttributes, parts: ATTRIBUTE },
  enrollments: {
    read: (context, one) => ofProgram(context, enrollmentsOf(context, one)),
    parts: ENROLLMENT,
  },
  programOwners: {
    read: (context, one) => ofProgram(context, programOwners(context, one)),
    parts: OWNER,
  },
  relationships: relationships<TrackedEntity>('trackedEntity'),
};

function ofProgram<T extends { program: string }>({ program }: ViewContext, all: T[]): T[] {
  return program === undefined ? all : all.filter(one => one.program === program);
}

function askedAttributes(context: ViewContext, one: TrackedEntity): AttributeValue[] {
  const { store, program } = context;
  const type = store.metadata.get('trackedEntityTypes', one.trackedEntityType)!;
  const parts = [
    ...type.trackedEntityTypeAttributes,
    ...(program ? store.metadata.get('programs', program)!.programTrackedEntityAttributes : []),
  ];
  const ids = new Set(parts.map(part => part.trackedEntityAttribute.id));
  return shownAttributes(context, one).filter(({ attribute }) => ids.has(attribute));
}

function attributeOf({ store }: ViewContext, { attribute }: AttributeValue) {
  return store.metadata.get('trackedEntityAttributes', attribute);
}

function enrollmentOf({ store }: ViewContext, id = ''): Enrollment | undefined {
  return store.tracker.get('enrollments', id);
}

/** The enrollment of an event. Up to 2.42 single events also name one, which cannot be read. */
function enrollmentIdOf({ store, dialect }: ViewContext, event: TrackerEvent): string | undefined {
  if (event.enrollment !== undefined || !dialect.tracker.hasPlaceholderEnrollments) {
    return event.enrollment;
  }
  return store.tracker.placeholderEnrollmentOf(programOfEvent(store.metadata, event).id);
}

function relationshipTypeOf({ store }: ViewContext, { relationshipType }: Relationship) {
  return store.metadata.get('relationshipTypes', relationshipType)!;
}

function enrollmentsOf(context: ViewContext, { trackedEntity }: TrackedEntity): Enrollment[] {
  return context.store.tracker
    .enrollmentsOf(trackedEntity)
    .filter(one => context.includesDeleted || !one.deleted)
    .filter(one => context.access.canSeeEnrollment(one));
}

/** Without events of stages that the user may not read (the server's source, trackerevent). */
function eventsOf({ store, access, includesDeleted }: ViewContext, { enrollment }: Enrollment) {
  return store.tracker
    .eventsOf(enrollment)
    .filter(one => includesDeleted || !one.deleted)
    .filter(one => access.canReadStage(one.programStage));
}

function shownAttributes({ access, dialect }: ViewContext, one: TrackedEntity): AttributeValue[] {
  const all = livingAttributes(one);
  if (!dialect.tracker.read.hidesUnreadable) return all;
  return all.filter(({ attribute }) => access.canReadField('trackedEntityAttributes', attribute));
}

function shownDataValues({ access, dialect }: ViewContext, { dataValues }: TrackerEvent) {
  if (!dialect.tracker.read.hidesUnreadable) return dataValues;
  return dataValues.filter(({ dataElement }) => access.canReadField('dataElements', dataElement));
}

/** The tracked entity's values of the enrollment's program (DHIS2's Web API docs, tracker objects). */
function programAttributes(
  context: ViewContext,
  { program, trackedEntity }: Enrollment,
): AttributeValue[] {
  const { store } = context;
  const parts = store.metadata.get('programs', program)!.programTrackedEntityAttributes;
  const ids = new Set(parts.map(part => part.trackedEntityAttribute.id));
  const owner = store.tracker.get('trackedEntities', trackedEntity)!;
  return shownAttributes(context, owner).filter(({ attribute }) => ids.has(attribute));
}

function programOwners({ store }: ViewContext, { trackedEntity }: TrackedEntity): ProgramOwner[] {
  const programs = new Set(store.tracker.enrollmentsOf(trackedEntity).map(one => one.program));
  return [...programs].map(program => ({
    orgUnit: store.tracker.ownerOf(trackedEntity, program),
    trackedEntity,
    program,
  }));
}

function readEnd(
  kind: 'trackedEntities' | 'enrollments' | 'events',
): Field<RelationshipItem>['read'] {
  return ({ store }, item) => {
    const { to, id } = itemReference(item);
    return to === kind ? store.tracker.get(kind, id) : undefined;
  };
}
