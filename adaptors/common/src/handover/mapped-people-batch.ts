import type { TrackedRelationship, TrackerCursor } from './fetched-tracked-entity-batch.js';
import type { NamedInGoData } from './named-in-godata.js';
import type { Fingerprints, Owners, Side } from './owners.js';

/** Fields of a Go.Data record. Null: the source has no value, and the field is cleared. */
export type RecordFields = Record<string, unknown>;

/** A lab result, under the id of the event that it was created from. */
export interface MappedLabResult {
  /** Id in the source system: the event's. */
  key: string;
  /** `notes` without the mark of the event; the writing step adds it. */
  fields: RecordFields;
}

/** A person as Go.Data should have it. */
export interface MappedPerson {
  /** Id in the source system (tracked entity); the record's own id when it is created. */
  id: string;
  kind: 'case' | 'contact';
  /** Org unit that decides which outbreak the person belongs to. */
  orgUnit: string;
  /** Go.Data id that the source stores for this person, if any. */
  link?: string;
  /** Deleted in the source: `fields` are empty. */
  deleted?: true;
  /**
   * Only fields that the source owns. Single values are compared as they are. Lists are merged with
   * what people added in Go.Data; a member is recognised by: `addresses` type; `documents` type,
   * and for EXTERNAL_ID the number as well; `dateRanges` type, and the mark `DHIS2 <event id>` in
   * the comments; `vaccinesReceived` vaccine; `questionnaireAnswers` variable. An empty list: the
   * source has none.
   */
  fields: RecordFields;
  labResults: MappedLabResult[];
  /** The system in which the person was first entered. Default: the source, DHIS2. */
  origin?: Side;
  /** Those of what DHIS2 has. */
  fingerprints?: Fingerprints;
  /** Fields that DHIS2 computes itself. A change of them is not a user's edit. */
  assigned?: string[];
}

/** An exposure between two people: the source exposed the target. */
export interface MappedRelationship {
  /** Id in the source system (relationship). */
  key: string;
  /**
   * Ids of the people in the source system. Between a case and a contact the case is the source; if
   * one of them is not in the batch, this is a guess.
   */
  source: string;
  target: string;
  /** `comment` without the mark of the relationship; the writing step adds it. */
  fields: RecordFields;
  /**
   * The exposed person is not in the batch, so that person's answers are missing. If the
   * relationship does not exist it is created, and the target is read again (`next.retry`);
   * otherwise it stays as it is.
   */
  partial?: true;
  /**
   * The relationship as the source has it. It goes into `next.waiting` while one of its ends is not
   * in Go.Data.
   */
  origin: TrackedRelationship;
}

/** People as Go.Data should have them. Written by `mapPeople`, read by `upsertCases` (README.md). */
export interface MappedPeopleBatch {
  people: MappedPerson[];
  relationships: MappedRelationship[];
  /** Every org unit that a person or an address names. */
  orgUnits: Record<string, { name: string; path: string }>;
  /**
   * What happens to a person that was deleted in the source. Of the given fields, those are written
   * that the person's kind has.
   */
  whenDeleted: 'leave' | 'delete' | { fields: RecordFields };
  /** Ids of the vaccines that the source knows. Other vaccines in `vaccinesReceived` were added by people. */
  vaccines: string[];
  /** Vaccine id → option code in the source. A Go.Data item with that code means the same vaccine. */
  optionCodes?: Record<string, string>;
  /** What the rows of the mapping name in Go.Data. The writing step checks that it exists. */
  named?: NamedInGoData;
  owners: Owners;
  /** Relationships were read at the cases only: {@link FetchedTrackedEntityBatch}. */
  relationshipsAtCases?: true;
  /** Name of the Go.Data server; DHIS2's ids of what came from there are computed with it. */
  server: string;
  next: TrackerCursor;
  /**
   * How many of `next.waiting`, from the first, were mapped: the others are for later runs. Absent:
   * all of them.
   */
  tried?: number;
  more: boolean;
}
