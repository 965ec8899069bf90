import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { EventView, TrackedRelationshipView } from '#common/people-mapping/views.js';
import type { PersonView } from './view/person-view.js';
import type { ReadCode } from './view/read-code.js';

/** A relationship as a mapping of functions sees it. */
export interface RelationshipView extends TrackedRelationshipView {
  source: PersonView | undefined;
  target: PersonView | undefined;
  code: ReadCode;
}

/** A lab result: its event and its fields. */
export type LabResultFields = RecordFields & { event: Pick<EventView, 'id'> };

/** The functions that map tracked entities to Go.Data. */
export interface CaseMapping {
  case: (person: PersonView) => RecordFields;
  /** Default: contacts are omitted. */
  contact?: (person: PersonView) => RecordFields;
  /** Default: relationships are not mapped. */
  relationship?: (relationship: RelationshipView) => RecordFields;
  /** Default: no lab results. */
  labResults?: (person: PersonView) => LabResultFields[];
}

/**
 * Checks that a mapping consists of functions.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapping(given: CaseMapping): CaseMapping {
  refuseUnknownKeys('mapping', given, ['case', 'contact', 'relationship', 'labResults']);
  if (typeof given.case !== 'function') throw badOption('case', 'must be a function of a person');
  for (const key of ['contact', 'relationship', 'labResults'] as const) {
    if (given[key] !== undefined && typeof given[key] !== 'function') {
      throw badOption(key, 'must be a function');
    }
  }
  return given;
}
