import type { RecordFields } from './people-batch.js';
import type { TallyLocation } from './tally.js';
import type { TrackerCursor } from './tracked-entity-batch.js';

/** A person of Go.Data as it travels between steps, with everything that belongs to it. */
export interface OutbreakPerson {
  id: string;
  kind: 'case' | 'contact' | 'contact-of-contact';
  /** Deleted in Go.Data: `record`, `labResults` and `followUps` are empty. */
  deleted?: true;
  /** When it was deleted, ISO 8601. */
  deletedAt?: string;
  /** The record, without what the server computes and no mapping needs; empty values are left away. */
  record: RecordFields;
  /** Each with its `id`; a deleted one has `deleted: true` besides, and nothing more. */
  labResults: RecordFields[];
  /** As `labResults`. */
  followUps: RecordFields[];
}

/** A relationship of Go.Data: the source exposed the target. */
export interface OutbreakRelationship {
  id: string;
  /** Ids of people. */
  source: string;
  target: string;
  /** Deleted in Go.Data: `record` is empty. */
  deleted?: true;
  record: RecordFields;
}

/** Where in one kind of records the next run goes on. */
export interface RecordPosition {
  /** `dbUpdatedAt`, or up to 2.46 `updatedAt`, of the last record that was passed on, ISO 8601. */
  updatedAt: string;
  /** Records at or shortly before that time that were passed on: id → time. */
  seen: Record<string, string>;
  /** Changes were left behind: the next run goes on right there, not a little before. */
  underWay?: true;
}

/** Where the next run goes on in Go.Data; a later step adds what it has to try again. */
export interface PeopleCursor {
  people?: RecordPosition;
  relationships?: RecordPosition;
  labResults?: RecordPosition;
  followUps?: RecordPosition;
  /** Ids of people who were rejected, and are read again whether they have changed or not. */
  retry?: string[];
}

/** The cursor of both ways: each keeps to its own part, and leaves the other's alone. */
export interface TwoWayCursor extends TrackerCursor {
  /** Of the way from Go.Data to DHIS2. */
  people?: PeopleCursor;
}

/** A bounded part of what has changed in an outbreak. */
export interface OutbreakPeopleBatch {
  outbreak: { id: string; name: string };
  people: OutbreakPerson[];
  /** Of the people in the batch, each once. */
  relationships: OutbreakRelationship[];
  /** People at the other ends of relationships who are not in the batch, by id: what tells their tracked entities. */
  others: Record<string, Pick<OutbreakPerson, 'kind'> & { documents?: RecordFields[] }>;
  /** Every location that a person names, and all above them. */
  locations: Record<string, TallyLocation>;
  /** What the cursor becomes when all of this is written or reported. */
  next: PeopleCursor;
  more: boolean;
}
