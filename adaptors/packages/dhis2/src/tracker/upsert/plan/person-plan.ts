import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Subject } from '#common/ownership/index.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Kind, TrackerObject } from '../../import/payload.js';

/** What becomes of an object. */
export type Change = 'create' | 'update' | 'cancel' | 'delete';

/** An object of Tracker that is to be written. */
export interface PlannedObject {
  kind: Kind;
  uid: string;
  change: Change;
  /** As it is sent, without what is nested in it. */
  body: TrackerObject;
  /** UID of the object that it belongs to. */
  parent?: string;
  /** Program id. */
  program?: string;
  /** Program stage id. */
  stage?: string;
  /** What changes: ids of attributes and data elements, names of properties. */
  fields: string[];
  /** Attributes whose values DHIS2 makes, to be asked for before it is sent. */
  generated?: string[];
}

/** A field of an owner table that is to be written. */
export interface FieldWrite {
  field: string;
  /** Places of the field in DHIS2, and what is there. */
  paths: readonly string[];
  stored: readonly string[];
  /** What comes to which place, by the object that takes it. */
  parts: readonly { path: string; text: string; uid: string }[];
  /** Fingerprint of what Go.Data has. */
  godata: string;
  /** Fingerprint of DHIS2's side where it has no places of its own. */
  dhis2?: string;
  /** Objects that must be taken, whatever the parts are. */
  needs: readonly string[];
}

/** Something that a step left out: reason and subject. */
export type LeftOutRow = readonly [reason: string, subject: string];

/** What becomes of a person. */
export interface PersonPlan {
  entity: MappedEntity;
  /** Its tracked entity, old or new; absent where there is none to be written. */
  id?: string;
  subject?: Subject;
  /** Places of the person that a rule of DHIS2 works out, as an owner table names them. */
  assigned: ReadonlySet<string>;
  /** Something can be written only after what is planned: the person is worth a second look. */
  isUnfinished?: boolean;
  objects: PlannedObject[];
  /** Notes that are left with what is about to be deleted. */
  marks: PlannedObject[];
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  leftOut: LeftOutRow[];
  writes: FieldWrite[];
}

/** A plan in which nothing happens yet. */
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
export function reject({ entity, rejected }: PersonPlan, code: string, message: string): void {
  rejected.push({ kind: entity.kind, id: entity.id, code, message });
}

/** Tells that a person is written otherwise than Go.Data has it. */
export function adjust({ entity, adjusted }: PersonPlan, code: string, message: string): void {
  adjusted.push({ kind: entity.kind, id: entity.id, code, message });
}

/** Says that something deleted in DHIS2 stays so. */
export function leaveDeleted(plan: PersonPlan, what: string): void {
  adjust(
    plan,
    'DELETED_IN_DHIS2',
    `Somebody has deleted ${what} in DHIS2, where that is final; with recreate: true a new one is made.`,
  );
}
