import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { PersonView } from './view/person-view.js';
import type { RecordView } from './view/record-view.js';
import type { RelationshipView } from './view/relationship-view.js';

/**
 * Values by the id of their attribute or data element: a text, a number, true or false, or what
 * `code` returns. Null clears the value; undefined leaves DHIS2's own.
 */
export type FieldValues = Record<string, unknown>;

/** An event that a mapping returns. */
export interface EventFields {
  /** Program stage id. */
  stage: string;
  /** The lab result that the event holds. */
  labResult?: Pick<RecordView, 'id'>;
  /** The lab result whose sample the event holds. */
  labRequest?: Pick<RecordView, 'id'>;
  /** The follow-up that the event holds. Without any of the three it is the only event of its stage. */
  followUp?: Pick<RecordView, 'id'>;
  /** Days, `yyyy-MM-dd`. */
  occurredAt?: unknown;
  scheduledAt?: unknown;
  /** `ACTIVE`, `COMPLETED`, `SKIPPED`... Default: the status that DHIS2 has, else `ACTIVE`. */
  status?: string;
  /** Go.Data location id; default: the person's. */
  location?: unknown;
  values?: FieldValues;
}

/** What a mapping returns for a person. */
export interface EntityFields {
  /** Go.Data location id that decides the org unit. */
  location?: unknown;
  attributes?: FieldValues;
  /** Days of the enrollment, `yyyy-MM-dd`. */
  enrolledAt?: unknown;
  occurredAt?: unknown;
  /** Members that are false or null are omitted. */
  events?: readonly (EventFields | false | null | undefined)[];
}

/** What a mapping returns for a relationship: its type, and which person is its first end. */
export interface RelationshipFields {
  /** Relationship type id. */
  type: string;
  /** `source` (who exposed) or `target`. */
  from: string;
}

type ToEntity = (person: PersonView) => EntityFields | null | undefined;

/** The functions of a mapping from Go.Data's people to DHIS2. */
export interface EntityMapping {
  /** Null leaves the person out. */
  case: ToEntity;
  /** Default: contacts are left out. */
  contact?: ToEntity;
  /** Default: contacts of contacts are left out. */
  contactOfContact?: ToEntity;
  /** Null leaves the relationship out. Default: relationships are not mapped. */
  relationship?: (relationship: RelationshipView) => RelationshipFields | null | undefined;
}

/** A kind of person, as mappings and options name it. */
export type KindName = 'case' | 'contact' | 'contactOfContact';

export const KIND_NAMES: readonly KindName[] = ['case', 'contact', 'contactOfContact'];

/** The name of a kind of person in mappings and options. */
export function kindName(kind: OutbreakPerson['kind']): KindName {
  return kind === 'contact-of-contact' ? 'contactOfContact' : kind;
}

/**
 * Checks that a mapping consists of functions.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapping(given: EntityMapping): EntityMapping {
  refuseUnknownKeys('mapping', given, [...KIND_NAMES, 'relationship']);
  for (const [key, value] of Object.entries({ ...given, case: given.case })) {
    const isLeftOut = value === undefined && key !== 'case';
    if (!isLeftOut && typeof value !== 'function') throw badOption(key, 'must be a function');
  }
  return given;
}
