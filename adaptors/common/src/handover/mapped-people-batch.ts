import type { TrackedRelationship, TrackerCursor } from './fetched-tracked-entity-batch.js';
import type { Owners, Side } from './owners.js';

/** Fields of a Go.Data record; null means that the source has no value, and clears it. */
export type RecordFields = Record<string, unknown>;

/** A lab result, under the id of the event that it comes from. */
export interface MappedLabResult {
  /** Id in the source system: the event's. */
  key: string;
  /** `notes` are without the mark that tells the event: who writes it adds that. */
  fields: RecordFields;
}

/** A person as Go.Data should have it. */
export interface MappedPerson {
  /** Id in the source system (tracked entity); the record's own id when it is created. */
  id: string;
  kind: 'case' | 'contact';
  /** Org unit that decides the outbreak. */
  orgUnit: string;
  /** Go.Data id that the source keeps for this person, if it keeps one. */
  link?: string;
  /** Deleted in the source: `fields` are empty. */
  deleted?: true;
  /**
   * Only fields that the source owns. Scalars are compared as they are. Lists are merged with what
   * people added, by the identity of their members: `addresses` by type, `documents` of type
   * EXTERNAL_ID by type and number and others by type, `dateRanges` by type and the mark
   * `DHIS2 <event id>` in their comments, `vaccinesReceived` by vaccine, `questionnaireAnswers` by
   * variable. An empty list says that the source has none.
   */
  fields: RecordFields;
  labResults: MappedLabResult[];
  /** Where the person was first entered. Default: in the source, DHIS2. */
  origin?: Side;
  /** Fields whose owner is `latest`: field → fingerprint of what DHIS2 has. */
  fingerprints?: Record<string, string>;
  /** Fields whose value DHIS2 works out itself: a change of it is no edit of a user. */
  assigned?: string[];
}

/** An exposure between two persons: the source is who exposed, the target who was exposed. */
export interface MappedRelationship {
  /** Id in the source system (relationship). */
  key: string;
  /**
   * Ids of persons in the source system. Between a case and a contact the case is the source; where
   * one of them is not in the batch, that is a guess.
   */
  source: string;
  target: string;
  /** `comment` is without the mark that tells the relationship: who writes it adds that. */
  fields: RecordFields;
  /**
   * What the exposed person says of it is not in the batch: to be created where it is missing, with
   * the target read again (`next.retry`), and left as it is where it is there.
   */
  partial?: true;
  /** As the source has it: what `next.waiting` takes when one of its ends is not in Go.Data yet. */
  origin: TrackedRelationship;
}

/** People as they should be in Go.Data. */
export interface MappedPeopleBatch {
  people: MappedPerson[];
  relationships: MappedRelationship[];
  /** Every org unit that a person or an address names. */
  orgUnits: Record<string, { name: string; path: string }>;
  /**
   * What becomes of a person that was deleted in the source; of the fields, those that its kind has.
   */
  whenDeleted: 'leave' | 'delete' | { fields: RecordFields };
  /** Ids of the vaccines that the source knows: others in `vaccinesReceived` are what people added. */
  vaccines: string[];
  /** Of vaccines: id → option code in the source. An item of Go.Data with that code stands for it. */
  optionCodes?: Record<string, string>;
  owners: Owners;
  /** Name of the Go.Data server, by which DHIS2's ids of what came from there are known. */
  server: string;
  next: TrackerCursor;
  more: boolean;
}
