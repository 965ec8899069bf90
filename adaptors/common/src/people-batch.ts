import type { TrackerCursor } from './tracked-entity-batch.js';

/** Fields of a Go.Data record; null means that the source has no value, and clears it. */
export type RecordFields = Record<string, unknown>;

/** A lab result, under the id of the event that it comes from. */
export interface MappedLabResult {
  /** Id in the source system: the event's. */
  key: string;
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
   * Only fields that the source owns. Scalars are compared as they are; `addresses`, `documents`,
   * `dateRanges`, `vaccinesReceived` and `questionnaireAnswers` are merged with what people added.
   */
  fields: RecordFields;
  labResults: MappedLabResult[];
}

/** An exposure between two persons: the source is who exposed, the target who was exposed. */
export interface MappedRelationship {
  /** Id in the source system (relationship). */
  key: string;
  /** Ids of persons in the source system. */
  source: string;
  target: string;
  /** Which of both the source system keeps it at: it is surely listed there, and gone when it is not. */
  owner?: string;
  fields: RecordFields;
}

/** People as they should be in Go.Data. */
export interface PeopleBatch {
  people: MappedPerson[];
  relationships: MappedRelationship[];
  /** Every org unit that a person or an address names. */
  orgUnits: Record<string, { name: string; path: string }>;
  /** What becomes of a person that was deleted in the source. */
  whenDeleted: 'leave' | 'delete' | { fields: RecordFields };
  /** Ids of the vaccines that the source knows: others in `vaccinesReceived` are what people added. */
  vaccines: string[];
  next: TrackerCursor;
  more: boolean;
}
