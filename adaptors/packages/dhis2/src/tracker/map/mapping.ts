import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { PersonView } from './view/person-view.js';
import type { RecordView } from './view/record-view.js';
import type { RelationshipView } from './view/relationship-view.js';

/**
 * Values by the id of their attribute or data element. A text, a number, true or false, or what `code`
 * gives; null clears; undefined is left to DHIS2.
 */
export type FieldValues = Record<string, unknown>;

/** An event that a mapping gives. */
export interface EventFields {
  /** Program stage id. */
  stage: string;
  /** The lab result that it tells of. */
  labResult?: Pick<RecordView, 'id'>;
  /** The lab result whose sample it tells of. */
  labRequest?: Pick<RecordView, 'id'>;
  /** The follow-up that it tells of; without any of the three it is the one event of its stage. */
  followUp?: Pick<RecordView, 'id'>;
  /** Days, `yyyy-MM-dd`. */
  occurredAt?: unknown;
  scheduledAt?: unknown;
  /** `ACTIVE`, `COMPLETED`, `SKIPPED`... Default: what DHIS2 has, else `ACTIVE`. */
  status?: string;
  /** Go.Data location id; default: the person's. */
  location?: unknown;
  values?: FieldValues;
}

/** What a mapping gives for a person. */
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

/** What a mapping gives for a relationship: its type, and who stands first in it. */
export interface RelationshipFields {
  /** Relationship type id. */
  type: string;
  /** `source`, who exposed, or `target`. */
  from: string;
}

type ToEntity = (person: PersonView) => EntityFields | null | undefined;

/** The functions that say what people of Go.Data are in DHIS2. */
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

/** A kind of people, as mappings and options name it. */
export type KindName = 'case' | 'contact' | 'contactOfContact';

export const KIND_NAMES: readonly KindName[] = ['case', 'contact', 'contactOfContact'];

/** The name of a kind of people in mappings and options. */
export function kindName(kind: OutbreakPerson['kind']): KindName {
  return kind === 'contact-of-contact' ? 'contactOfContact' : kind;
}

/**
 * Checks that a mapping consists of functions.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapping(given: EntityMapping): EntityMapping {
  refuseUnknownKeys('mapTrackedEntities', given, [...KIND_NAMES, 'relationship']);
  for (const [key, value] of Object.entries({ ...given, case: given.case })) {
    const isLeftOut = value === undefined && key !== 'case';
    if (!isLeftOut && typeof value !== 'function') throw badOption(key, 'must be a function');
  }
  return given;
}
