import type { MappedPerson, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { ExistingPerson } from '../read/existing-people.js';

/** The paths of the kinds of people that are written. */
export type PersonPath = 'cases' | 'contacts';

/** A person of the source, with the existing or new record. */
export interface PlannedPerson {
  person: MappedPerson;
  /** Id of the record. */
  id: string;
  path: PersonPath;
  existing?: ExistingPerson;
  /** The record after the write: all its fields, or only the written ones. */
  record: RecordFields;
  /** The fields that DHIS2 may write. */
  given: RecordFields;
  /** Fields whose answers were decided one by one. */
  merged?: readonly string[];
}

/** A new record. */
export type PersonCreate = PlannedPerson;

/** A change of an existing record. */
export interface PersonUpdate extends PlannedPerson {
  changes: Record<string, unknown>;
}

/** The plan for the people of one outbreak. */
export interface PeoplePlan {
  creates: PersonCreate[];
  /** Contacts who became cases. They are converted before they are changed. */
  converts: PlannedPerson[];
  updates: PersonUpdate[];
  deletes: PlannedPerson[];
  /** Everyone with an existing or new record, by id in the source. */
  planned: Map<string, PlannedPerson>;
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
}
