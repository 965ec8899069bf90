import type { Enrollment, Note, TrackerEvent } from '../types.js';

/** A value of an attribute or a data element; an empty value removes it. */
export interface PayloadValue {
  /** Of the attribute or the data element. */
  id: string | undefined;
  value: string | undefined;
  storedBy: string | undefined;
  providedElsewhere: boolean;
}

interface PayloadObject<Kind extends string> {
  kind: Kind;
  uid: string;
  createdAtClient: string | undefined;
  updatedAtClient: string | undefined;
  storedBy: string | undefined;
}

export interface PayloadTrackedEntity extends PayloadObject<'trackedEntities'> {
  trackedEntityType: string | undefined;
  orgUnit: string | undefined;
  inactive: boolean;
  potentialDuplicate: boolean;
  geometry: { type: string } | undefined;
  attributes: PayloadValue[];
}

export interface PayloadEnrollment extends PayloadObject<'enrollments'> {
  trackedEntity: string | undefined;
  program: string | undefined;
  orgUnit: string | undefined;
  status: Enrollment['status'];
  enrolledAt: string | undefined;
  occurredAt: string | undefined;
  completedAt: string | undefined;
  followUp: boolean;
  geometry: { type: string } | undefined;
  attributes: PayloadValue[];
  notes: Note[];
}

export interface PayloadEvent extends PayloadObject<'events'> {
  enrollment: string | undefined;
  program: string | undefined;
  programStage: string | undefined;
  orgUnit: string | undefined;
  status: TrackerEvent['status'];
  occurredAt: string | undefined;
  scheduledAt: string | undefined;
  completedAt: string | undefined;
  attributeOptionCombo: string | undefined;
  attributeCategoryOptions: string[];
  hasAssignedUser: boolean;
  geometry: { type: string } | undefined;
  dataValues: PayloadValue[];
  notes: Note[];
}

/** One end of a relationship: exactly one of the three must be set. */
export interface PayloadItem {
  trackedEntity: string | undefined;
  enrollment: string | undefined;
  event: string | undefined;
}

export interface PayloadRelationship extends PayloadObject<'relationships'> {
  relationshipType: string | undefined;
  from: PayloadItem | undefined;
  to: PayloadItem | undefined;
}

export interface PayloadObjects {
  trackedEntities: PayloadTrackedEntity;
  enrollments: PayloadEnrollment;
  events: PayloadEvent;
  relationships: PayloadRelationship;
}

/** The objects of an import, by kind and in order. */
export type Payload = { [K in keyof PayloadObjects]: PayloadObjects[K][] };
