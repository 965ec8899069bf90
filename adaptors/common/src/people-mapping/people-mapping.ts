import type { RecordFields } from '../handover/mapped-people-batch.js';
import type { Codes } from './codes.js';
import type { Stage } from './places.js';
import type { Row } from './rows.js';
import type { FollowUpView } from './views.js';
import type {
  CaseField,
  ContactField,
  FollowUpField,
  LabResultField,
  RelationshipField,
} from './writable.js';

/** The rows of a kind of people, and the program in which they are enrolled. */
export interface KindMapping<Field extends string = string> {
  /** Id, code or exact name of the program. */
  program: string;
  rows: readonly Row<Field>[];
}

/** The rows of relationships. They go to Go.Data; DHIS2's relationships have no fields. */
export interface RelationshipMapping {
  /** Id, code or exact name of the relationship type that is written to DHIS2. */
  type: string;
  /** The end of the relationship in DHIS2 that is the person who exposed the other. */
  source: 'from' | 'to';
  /**
   * Other relationship types that are read: id, code or exact name → the end who exposed the other.
   * Default: all types, each with `source`.
   */
  types?: Readonly<Record<string, 'from' | 'to'>>;
  /** Data elements are those of the exposed person. */
  rows: readonly Row<RelationshipField>[];
}

/** The rows of lab results. A lab result is an event of its own, and its sample may be another. */
export interface LabResultMapping {
  /** The stage of results. Its `occurredAt` names fields of the lab result. */
  result: Stage;
  /** The stage of requests, if the program has one. A result belongs to the last request before it. */
  request?: Stage;
  rows: readonly Row<LabResultField>[];
}

/** The rows of follow-ups, each an event. They go to DHIS2. */
export interface FollowUpMapping {
  stage: Stage;
  /** Whether a follow-up is written. Default: all are. */
  when?: (followUp: FollowUpView) => boolean;
  rows: readonly Row<FollowUpField>[];
}

/** One mapping of people, read both ways. */
export interface PeopleMapping {
  case: KindMapping<CaseField>;
  /** Default: contacts are omitted. */
  contact?: KindMapping<ContactField>;
  /** Default: like contacts. Null: omitted. */
  contactOfContact?: KindMapping<ContactField> | null;
  /** Default: relationships are omitted. */
  relationship?: RelationshipMapping;
  /** Default: lab results are omitted. */
  labResults?: LabResultMapping;
  /** Default: follow-ups are omitted. */
  followUps?: FollowUpMapping;
  /** Fields without which a person means nothing: a row must give each of them. Default: none. */
  required?: readonly string[];
  /** The table of vaccines: others in Go.Data were added by people, and stay. Default: none. */
  vaccines?: Codes;
  /** Name of the Go.Data server. UIDs in DHIS2 are computed with it. Default `godata`. */
  server?: string;
  /** An attribute that holds the Go.Data id. Default: none. */
  linkAttribute?: string;
  /** Unique attributes by whose value a tracked entity is found. Default: none. */
  findBy?: readonly string[];
  /** What happens to the person of the other system. Default: `leave` in both. */
  whenDeleted?: {
    /** To the person in Go.Data, when the tracked entity was deleted in DHIS2. */
    inDhis2?: 'leave' | 'delete' | { fields: RecordFields };
    /** To the tracked entity in DHIS2, when the person was deleted in Go.Data. */
    inGoData?: 'leave' | 'cancel' | 'delete';
  };
}
