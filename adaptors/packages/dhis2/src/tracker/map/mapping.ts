import type { CodedValue } from '../../../../../common/src/mapped-entity-batch.js';
import { badOption, refuseUnknownKeys } from '../../../../../common/src/options.js';
import type { PersonView } from './view/person-view.js';
import type { RecordView } from './view/record-view.js';
import type { RelationshipView } from './view/relationship-view.js';

/** What a mapping may give for an attribute or a data element; null clears, undefined leaves it alone. */
export type GivenValue = string | number | boolean | null | undefined | CodedValue;

/** Attribute or data element id → value. */
export type GivenValues = Readonly<Record<string, GivenValue>>;

/** An event as a mapping gives it. */
export interface GivenEvent {
  /** Program stage id. */
  stage: string;
  /**
   * The lab result or follow-up that it comes from: each has an event of its own. Absent: it is the
   * only event of a stage that is not repeatable.
   */
  from?: RecordView;
  /** It asks for what `from` has found: a second event of the same lab result. */
  isRequest?: boolean;
  /** Days, `yyyy-MM-dd`. */
  occurredAt?: string | null;
  scheduledAt?: string | null;
  status?: string;
  values?: GivenValues;
}

/** A person as a mapping gives it. */
export interface GivenEntity {
  /** Go.Data location id that decides the org unit. */
  location?: string | null;
  attributes?: GivenValues;
  /** Days of the enrollment, `yyyy-MM-dd`. */
  enrolledAt?: string | null;
  occurredAt?: string | null;
  events?: readonly (GivenEvent | false | null | undefined)[];
}

/** A relationship as a mapping gives it. */
export interface GivenRelationship {
  /** Relationship type id. */
  type: string;
  /** Which end of Go.Data's is the relationship's `from`. Default: the source, who exposed the other. */
  from?: 'source' | 'target';
}

/** The functions that say what people are in DHIS2; null leaves somebody out. */
export interface TrackedEntityMapping {
  case: (person: PersonView) => GivenEntity | null;
  contact: (person: PersonView) => GivenEntity | null;
  /** Default: contacts of contacts are left out. */
  contactOfContact?: (person: PersonView) => GivenEntity | null;
  /** Default: relationships are not mapped. */
  relationship?: (relationship: RelationshipView) => GivenRelationship | null;
}

const KEYS = ['case', 'contact', 'contactOfContact', 'relationship'] as const;

/**
 * Checks that a mapping consists of functions.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapping(given: TrackedEntityMapping): TrackedEntityMapping {
  refuseUnknownKeys('mapTrackedEntities', given, KEYS);
  for (const key of KEYS) {
    const isNeeded = key === 'case' || key === 'contact';
    if (given[key] === undefined && !isNeeded) continue;
    if (typeof given[key] !== 'function') throw badOption(key, 'must be a function');
  }
  return given;
}
