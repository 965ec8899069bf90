import type { DataShared, MetadataObject, Ref } from '../metadata/object-types.js';

export interface TrackedEntityAttribute extends MetadataObject {
  shortName?: string;
  valueType: string;
  aggregationType?: string;
  optionSet?: Ref;
  unique?: boolean;
  /** The server generates the values, by `pattern`. */
  generated?: boolean;
  pattern?: string;
  confidential?: boolean;
  orgunitScope?: boolean;
}

export interface TrackedEntityTypeAttribute {
  trackedEntityAttribute: Ref;
  mandatory?: boolean;
  searchable?: boolean;
  displayInList?: boolean;
}

export interface TrackedEntityType extends DataShared {
  shortName?: string;
  description?: string;
  featureType?: string;
  /** Number of attributes that a search outside the capture org units must name. @default 1 */
  minAttributesRequiredToSearch?: number;
  trackedEntityTypeAttributes: TrackedEntityTypeAttribute[];
}

export interface ProgramTrackedEntityAttribute extends TrackedEntityTypeAttribute {
  sortOrder?: number;
  allowFutureDate?: boolean;
}

export type AccessLevel = 'OPEN' | 'AUDITED' | 'PROTECTED' | 'CLOSED';

/** A program that enrols tracked entities, or one of single events without a tracked entity. */
export interface Program extends DataShared {
  shortName?: string;
  /** @default 'WITH_REGISTRATION' */
  programType?: 'WITH_REGISTRATION' | 'WITHOUT_REGISTRATION';
  /** The type that the program enrols; absent in a program of single events. */
  trackedEntityType?: Ref;
  organisationUnits: Ref[];
  programTrackedEntityAttributes: ProgramTrackedEntityAttribute[];
  /** @default 'OPEN' */
  accessLevel?: AccessLevel;
  /** The geometry type of enrollments, such as `POINT`; absent: all geometry is refused (E1074). */
  featureType?: string;
  categoryCombo?: Ref;
  /** Number of attributes that a search outside the capture org units must name. @default 1 */
  minAttributesRequiredToSearch?: number;
  onlyEnrollOnce?: boolean;
  displayIncidentDate?: boolean;
  selectEnrollmentDatesInFuture?: boolean;
  selectIncidentDatesInFuture?: boolean;
  /** Days after the end of a period during which its events can be changed; 0 or absent: always. */
  expiryDays?: number;
  expiryPeriodType?: string;
  /** Days after its completion during which an event can be changed; 0 or absent: always. */
  completeEventsExpiryDays?: number;
  enrollmentDateLabel?: string;
  incidentDateLabel?: string;
}

export interface ProgramStageDataElement {
  dataElement: Ref;
  compulsory?: boolean;
  allowFutureDate?: boolean;
  displayInReports?: boolean;
  sortOrder?: number;
}

export interface ProgramStage extends DataShared {
  program: Ref;
  programStageDataElements: ProgramStageDataElement[];
  repeatable?: boolean;
  /** When compulsory values are required. @default 'ON_COMPLETE' */
  validationStrategy?: 'ON_COMPLETE' | 'ON_UPDATE_AND_INSERT';
  /** The geometry type of events, as `featureType` of a program is that of enrollments. */
  featureType?: string;
  sortOrder?: number;
  autoGenerateEvent?: boolean;
}

/** The objects that are allowed at one end of a relationship. */
export interface RelationshipConstraint {
  relationshipEntity: 'TRACKED_ENTITY_INSTANCE' | 'PROGRAM_INSTANCE' | 'PROGRAM_STAGE_INSTANCE';
  trackedEntityType?: Ref;
  program?: Ref;
  programStage?: Ref;
}

export interface RelationshipType extends DataShared {
  bidirectional: boolean;
  fromToName?: string;
  toFromName?: string;
  fromConstraint: RelationshipConstraint;
  toConstraint: RelationshipConstraint;
}

/** When an object was created and last changed: the server's time, without a zone. */
export interface Stamps {
  createdAt: string;
  updatedAt: string;
}

export interface AttributeValue extends Stamps {
  attribute: string;
  value: string;
  storedBy?: string;
}

export interface EventDataValue extends Stamps {
  dataElement: string;
  value: string;
  providedElsewhere: boolean;
  storedBy?: string;
}

export interface Note {
  note: string;
  value: string;
  storedAt?: string;
  storedBy?: string;
}

/** The properties of every Tracker object. */
interface TrackerObject extends Stamps {
  /** When the object was created or changed, as the client states it. */
  createdAtClient?: string;
  updatedAtClient?: string;
  /** Soft-deleted, permanently: the UID can never be used again (dhis2 FACTS §4.1). */
  deleted: boolean;
  storedBy?: string;
}

export interface TrackedEntity extends TrackerObject {
  trackedEntity: string;
  trackedEntityType: string;
  orgUnit: string;
  inactive: boolean;
  potentialDuplicate: boolean;
  geometry?: unknown;
  /** The values of the type's and all programs' attributes; the tracked entity has them all. */
  attributes: AttributeValue[];
}

export interface Enrollment extends TrackerObject {
  enrollment: string;
  trackedEntity: string;
  program: string;
  orgUnit: string;
  status: 'ACTIVE' | 'COMPLETED' | 'CANCELLED';
  enrolledAt: string;
  occurredAt?: string;
  completedAt?: string;
  followUp: boolean;
  geometry?: unknown;
  notes: Note[];
}

export interface TrackerEvent extends TrackerObject {
  event: string;
  /** Absent in a program of single events. */
  enrollment?: string;
  programStage: string;
  orgUnit: string;
  status: 'ACTIVE' | 'COMPLETED' | 'VISITED' | 'SCHEDULE' | 'OVERDUE' | 'SKIPPED';
  occurredAt?: string;
  scheduledAt?: string;
  completedAt?: string;
  followUp: boolean;
  attributeOptionCombo: string;
  geometry?: unknown;
  dataValues: EventDataValue[];
  notes: Note[];
}

/** One end of a relationship. */
export type RelationshipItem =
  | { trackedEntity: { trackedEntity: string } }
  | { enrollment: { enrollment: string } }
  | { event: { event: string } };

export interface Relationship extends TrackerObject {
  relationship: string;
  relationshipType: string;
  from: RelationshipItem;
  to: RelationshipItem;
}

/** The objects of Tracker by the names of their lists in the API. */
export interface TrackerObjects {
  trackedEntities: TrackedEntity;
  enrollments: Enrollment;
  events: TrackerEvent;
  relationships: Relationship;
}

export type TrackerKind = keyof TrackerObjects;

/** An object of which only the required properties must be given. */
type Draft<T extends object, Required extends keyof T, Parts extends keyof T = never> = Pick<
  T,
  Required
> &
  Partial<Omit<T, Required | Parts>>;

/** Objects in a seed or a test; a time may have a zone, or be a date. */
export interface TrackerDrafts {
  trackedEntities: Draft<
    TrackedEntity,
    'trackedEntity' | 'trackedEntityType' | 'orgUnit',
    'attributes'
  > & { attributes?: Draft<AttributeValue, 'attribute' | 'value'>[] };
  enrollments: Draft<
    Enrollment,
    'enrollment' | 'trackedEntity' | 'program' | 'orgUnit' | 'enrolledAt'
  >;
  events: Draft<TrackerEvent, 'event' | 'programStage' | 'orgUnit', 'dataValues'> & {
    dataValues?: Draft<EventDataValue, 'dataElement' | 'value'>[];
  };
  relationships: Draft<Relationship, 'relationship' | 'relationshipType' | 'from' | 'to'>;
}

/** The objects of Tracker in a seed, by kind. */
export type TrackerSeed = { [K in TrackerKind]?: TrackerDrafts[K][] } & {
  /** Owners that are not the org unit of the first enrollment in the program. */
  programOwners?: ProgramOwner[];
};

/** The org unit that owns a tracked entity in a program. */
export interface ProgramOwner {
  trackedEntity: string;
  program: string;
  orgUnit: string;
}
