import type { DataShared, MetadataObject, Ref } from '../metadata/object-types.js';

export interface TrackedEntityAttribute extends MetadataObject {
  shortName?: string;
  valueType: string;
  aggregationType?: string;
  optionSet?: Ref;
  unique?: boolean;
  /** The server makes the values, after `pattern`. */
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
  /** Attributes that a search beyond the capture org units must name. @default 1 */
  minAttributesRequiredToSearch?: number;
  trackedEntityTypeAttributes: TrackedEntityTypeAttribute[];
}

export interface ProgramTrackedEntityAttribute extends TrackedEntityTypeAttribute {
  sortOrder?: number;
  allowFutureDate?: boolean;
}

export type AccessLevel = 'OPEN' | 'AUDITED' | 'PROTECTED' | 'CLOSED';

/** A program that enrols tracked entities, or one of single events that belong to nobody. */
export interface Program extends DataShared {
  shortName?: string;
  /** @default 'WITH_REGISTRATION' */
  programType?: 'WITH_REGISTRATION' | 'WITHOUT_REGISTRATION';
  /** What it enrols; a program of single events has none. */
  trackedEntityType?: Ref;
  organisationUnits: Ref[];
  programTrackedEntityAttributes: ProgramTrackedEntityAttribute[];
  /** @default 'OPEN' */
  accessLevel?: AccessLevel;
  /** The geometry of enrollments, such as `POINT`; absent: any is refused (E1074). */
  featureType?: string;
  categoryCombo?: Ref;
  /** Attributes that a search beyond the capture org units must name. @default 1 */
  minAttributesRequiredToSearch?: number;
  onlyEnrollOnce?: boolean;
  displayIncidentDate?: boolean;
  selectEnrollmentDatesInFuture?: boolean;
  selectIncidentDatesInFuture?: boolean;
  /** Days after the end of a period in which its events can be changed; 0 or absent: for ever. */
  expiryDays?: number;
  expiryPeriodType?: string;
  /** Days after its completion in which an event can be changed; 0 or absent: for ever. */
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
  /** When compulsory values must be there. @default 'ON_COMPLETE' */
  validationStrategy?: 'ON_COMPLETE' | 'ON_UPDATE_AND_INSERT';
  /** The geometry of events, as a program's is that of enrollments. */
  featureType?: string;
  sortOrder?: number;
  autoGenerateEvent?: boolean;
}

/** What stands at one end of a relationship. */
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

/** When an object came about and last changed: the server's time, without a zone. */
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

/** What every object of Tracker has. */
interface TrackerObject extends Stamps {
  /** When a client says that it made or changed the object. */
  createdAtClient?: string;
  updatedAtClient?: string;
  /** Soft-deleted, for good: the UID can never be used again (dhis2 FACTS §4.1). */
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
  /** Those of the type and of all programs: the tracked entity owns every value. */
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

/** An object of which only what matters needs to be given. */
type Draft<T extends object, Required extends keyof T, Parts extends keyof T = never> = Pick<
  T,
  Required
> &
  Partial<Omit<T, Required | Parts>>;

/** Objects as a seed or a test gives them; a time may have a zone, or be a day. */
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

/** The objects of Tracker in a seed, side by side. */
export type TrackerSeed = { [K in TrackerKind]?: TrackerDrafts[K][] } & {
  /** Where that is not the org unit of the first enrollment in the program. */
  programOwners?: ProgramOwner[];
};

/** The org unit that owns a tracked entity in a program. */
export interface ProgramOwner {
  trackedEntity: string;
  program: string;
  orgUnit: string;
}
