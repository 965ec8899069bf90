/** Tracked entities as DHIS2's API gives them (dhis2 FACTS §4.1). */

export interface RawAttribute {
  attribute: string;
  value?: string | null;
}

export interface RawEvent {
  event: string;
  programStage: string;
  orgUnit?: string;
  status?: string;
  createdAt?: string;
  occurredAt?: string | null;
  scheduledAt?: string | null;
  dataValues?: { dataElement: string; value?: string | null }[];
  notes?: RawNote[];
}

export interface RawNote {
  value?: string | null;
}

export interface RawEnrollment {
  enrollment: string;
  program: string;
  orgUnit: string;
  status?: string;
  enrolledAt?: string | null;
  occurredAt?: string | null;
  attributes?: RawAttribute[];
  events?: RawEvent[];
  notes?: RawNote[];
}

/** One end of a relationship. It may also be an enrollment or an event. */
export interface RawEnd {
  trackedEntity?: { trackedEntity: string };
}

export interface RawRelationship {
  relationship: string;
  relationshipType: string;
  createdAt?: string;
  from?: RawEnd;
  to?: RawEnd;
}

export interface RawTrackedEntity {
  trackedEntity: string;
  createdAt: string;
  updatedAt: string;
  orgUnit: string;
  attributes?: RawAttribute[];
  enrollments?: RawEnrollment[];
  relationships?: RawRelationship[];
}

const ATTRIBUTES = 'attributes[attribute,value]';
const EVENTS =
  'events[event,programStage,orgUnit,status,createdAt,occurredAt,scheduledAt,dataValues[dataElement,value],notes[value]]';
const ENROLLMENTS = `enrollments[enrollment,program,orgUnit,status,enrolledAt,occurredAt,${ATTRIBUTES},${EVENTS},notes[value]]`;
const END = '[trackedEntity[trackedEntity]]';
const RELATIONSHIPS = `relationships[relationship,relationshipType,createdAt,from${END},to${END}]`;

/** The fields of a {@link RawTrackedEntity}, without relationships. */
export const DATA = `trackedEntity,createdAt,updatedAt,orgUnit,${ATTRIBUTES},${ENROLLMENTS}`;

/** The fields of a {@link RawTrackedEntity}. */
export const FIELDS = `${DATA},${RELATIONSHIPS}`;
