import type { MappedPerson, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { ExistingPerson } from '../read/existing-people.js';

/** The paths of the kinds of people that this workflow writes. */
export type PersonPath = 'cases' | 'contacts';

/** A person of the source and the record that is, or will be, its own. */
export interface PlannedPerson {
  person: MappedPerson;
  /** Id of the record. */
  id: string;
  path: PersonPath;
  existing?: ExistingPerson;
  /** The record as it will be, all its fields or those that are written. */
  record: RecordFields;
  /** The fields that are DHIS2's to give. */
  given: RecordFields;
  /** Fields whose answers were decided one by one. */
  merged?: readonly string[];
}

/** A new record. */
export type PersonCreate = PlannedPerson;

/** A change of a record that is there. */
export interface PersonUpdate extends PlannedPerson {
  changes: Record<string, unknown>;
}

/** What becomes of the people of one outbreak. */
export interface PeoplePlan {
  creates: PersonCreate[];
  /** Contacts that have become cases: converted before they are changed. */
  converts: PlannedPerson[];
  updates: PersonUpdate[];
  deletes: PlannedPerson[];
  /** Everyone who has, or will have, a record, by id in the source. */
  planned: Map<string, PlannedPerson>;
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
}
