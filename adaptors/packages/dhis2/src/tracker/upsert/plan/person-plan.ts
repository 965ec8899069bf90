import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Subject } from '#common/ownership/index.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Kind, TrackerObject } from '../../import/payload.js';
import type { TrackerError } from '../../import/report.js';

/** What happens to an object. */
export type Change = 'create' | 'update' | 'cancel' | 'delete';

/** An object of Tracker to write. */
export interface PlannedObject {
  kind: Kind;
  uid: string;
  change: Change;
  /** The body to send, without nested objects. */
  body: TrackerObject;
  /** UID of the object that it belongs to. */
  parent?: string;
  /** Program id. */
  program?: string;
  /** Program stage id. */
  stage?: string;
  /** What changes: ids of attributes and data elements, names of properties. */
  fields: string[];
  /** Attributes whose values DHIS2 generates; they are requested before the object is sent. */
  generated?: string[];
  /** Stored values of fields that change and that DHIS2 must get in any case, by path. */
  kept?: Readonly<Record<string, string>>;
  /** Values that are not sent because DHIS2 refuses them. */
  omitted?: readonly OmittedValue[];
  /** Whether DHIS2 accepts it only after another relationship between the same two was deleted. */
  isAfterDeletion?: true;
}

/** A value that is not sent because DHIS2 refuses it. */
export interface OmittedValue {
  /** Attribute, data element or `occurredAt`. */
  path: string;
  error: TrackerError;
  /** The fields that the error names. */
  named: readonly string[];
}

/** A unique value that its holder loses. */
export interface FreedValue {
  /** The holder. */
  trackedEntity: string;
  attribute: string;
}

/** A field of an owner table to write. */
export interface FieldWrite {
  field: string;
  /** Places of the field in DHIS2, and their present values. */
  paths: readonly string[];
  stored: readonly string[];
  /** The values to write, by the object that holds the place. */
  parts: readonly { path: string; text: string; uid: string }[];
  /** Fingerprint of what Go.Data has. */
  godata: string;
  /** Fingerprint of DHIS2's side, if the field has no place of its own there. */
  dhis2?: string;
  /** Objects that DHIS2 must accept for the field to count as written. */
  needs: readonly string[];
}

/** Something that a step left out: reason and subject. */
export type LeftOutRow = readonly [reason: string, subject: string];

/** The plan for a person. */
export interface PersonPlan {
  entity: MappedEntity;
  /** Its tracked entity, existing or new; absent if none is written. */
  id?: string;
  subject?: Subject;
  /** Places of the person that a rule of DHIS2 computes, as an owner table names them. */
  assigned: ReadonlySet<string>;
  /** Something can only be written in a second round. */
  isUnfinished?: boolean;
  /** Unique values that the person gets when their holders no longer have them. */
  awaits?: readonly FreedValue[];
  objects: PlannedObject[];
  /** Notes to add to what is deleted next. */
  marks: PlannedObject[];
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  leftOut: LeftOutRow[];
  writes: FieldWrite[];
}

/** A plan that changes nothing. */
export function emptyPlan(entity: MappedEntity): PersonPlan {
  return {
    entity,
    assigned: new Set(),
    objects: [],
    marks: [],
    unchanged: 0,
    rejected: [],
    adjusted: [],
    leftOut: [],
    writes: [],
  };
}

/** Rejects a person, or a part of one. */
export function reject(
  { entity, rejected }: PersonPlan,
  code: string,
  message: string,
  rest: Pick<Rejected, 'field' | 'changedAt'> = {},
): void {
  rejected.push({ kind: entity.kind, id: entity.id, code, message, ...rest });
}

/** Reports that a person is written differently from what Go.Data has. */
export function adjust({ entity, adjusted }: PersonPlan, code: string, message: string): void {
  adjusted.push({ kind: entity.kind, id: entity.id, code, message });
}

/** Reports that something deleted in DHIS2 stays deleted. */
export function leaveDeleted(plan: PersonPlan, what: string): void {
  adjust(
    plan,
    'DELETED_IN_DHIS2',
    `Somebody deleted ${what} in DHIS2, and DHIS2 does not bring it back. With recreate: true a new one is created.`,
  );
}
