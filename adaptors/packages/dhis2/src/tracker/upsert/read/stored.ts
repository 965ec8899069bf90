import { getOrCreate } from '#common/collections/get-or-create.js';
import type { RawAttribute, RawEnrollment, RawEvent, RawTrackedEntity } from '../../fetch/raw.js';

/*
 * Tracked entities with everything that an update must repeat: DHIS2 replaces every property that
 * is not a list (dhis2 FACTS §4.1). Their relationships are read apart: read-relationships.ts.
 */

export interface StoredNote {
  note?: string;
  value?: string | null;
}

interface ClientTimes {
  createdAtClient?: string;
  updatedAtClient?: string;
}

export interface StoredEvent extends RawEvent, ClientTimes {
  completedAt?: string;
  attributeOptionCombo?: string;
  geometry?: unknown;
  assignedUser?: unknown;
}

export interface StoredEnrollment extends RawEnrollment, ClientTimes {
  completedAt?: string;
  followUp?: boolean;
  geometry?: unknown;
  notes?: StoredNote[];
  events?: StoredEvent[];
}

export interface StoredEntity extends Omit<RawTrackedEntity, 'relationships'>, ClientTimes {
  trackedEntityType: string;
  inactive?: boolean;
  potentialDuplicate?: boolean;
  geometry?: unknown;
  enrollments?: StoredEnrollment[];
}

const ATTRIBUTES = 'attributes[attribute,value]';
const CLIENT = 'createdAtClient,updatedAtClient';
const EVENTS = `events[event,programStage,orgUnit,status,createdAt,occurredAt,scheduledAt,completedAt,attributeOptionCombo,geometry,assignedUser,${CLIENT},dataValues[dataElement,value]]`;
const ENROLLMENTS = `enrollments[enrollment,program,orgUnit,status,enrolledAt,occurredAt,completedAt,followUp,geometry,${CLIENT},notes[note,value],${ATTRIBUTES},${EVENTS}]`;
/** The fields of a {@link StoredEntity}. */
export const STORED = `trackedEntity,trackedEntityType,createdAt,updatedAt,orgUnit,inactive,potentialDuplicate,geometry,${CLIENT},${ATTRIBUTES},${ENROLLMENTS}`;

/** A tracked entity as its UIDs describe it, deleted objects included. */
export interface Shadow {
  trackedEntity: string;
  deleted?: boolean;
  enrollments?: {
    enrollment: string;
    program: string;
    notes?: StoredNote[];
    events?: { event: string; programStage: string; notes?: StoredNote[] }[];
  }[];
}

/** The fields of a {@link Shadow}. */
export const SHADOW =
  'trackedEntity,deleted,enrollments[enrollment,program,notes[value],events[event,programStage,notes[value]]]';

/** Whether the tracked entity exists and is not deleted. */
export function isThere(shadow: Shadow | undefined): shadow is Shadow {
  return shadow !== undefined && !shadow.deleted;
}

/** Who has which values: enough to know whom a search has found. */
export interface Holder {
  trackedEntity: string;
  attributes?: RawAttribute[];
  enrollments?: { attributes?: RawAttribute[] }[];
}

/** The fields of a {@link Holder}. */
export const HOLDER = `trackedEntity,${ATTRIBUTES},enrollments[${ATTRIBUTES}]`;

/** Values of attributes. Up to 2.40, those of a program are only in the enrollment. */
export function attributesOf(holder: Holder): ReadonlyMap<string, string> {
  return getOrCreate(knownValues, holder, () => {
    const values = new Map<string, string>();
    for (const { attributes = [] } of [holder, ...(holder.enrollments ?? [])]) {
      for (const { attribute, value } of attributes) {
        if (value !== undefined && value !== null) values.set(attribute, String(value));
      }
    }
    return values;
  });
}

/** Values that are read already: planning a person asks for them several times. */
const knownValues = new WeakMap<Holder, ReadonlyMap<string, string>>();
