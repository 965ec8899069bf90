import type { TrackerCursor } from './fetched-tracked-entity-batch.js';
import type { RecordFields } from './mapped-people-batch.js';
import type { TallyLocation } from './tally.js';

/** A person of Go.Data as it travels between steps, with everything that belongs to it. */
export interface OutbreakPerson {
  id: string;
  kind: 'case' | 'contact' | 'contact-of-contact';
  /** Deleted in Go.Data: `record`, `labResults` and `followUps` are empty. */
  deleted?: true;
  /** When it was deleted, ISO 8601. */
  deletedAt?: string;
  /** The record, without what the server computes and no mapping needs; empty values are omitted. */
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
  /** Where changes were left behind: the id of the last record, of those that share its time. */
  after?: string;
  /**
   * It is still among the records that have no time, since nobody has changed them after the server
   * was upgraded to 2.47: `after` is the last of them, and `updatedAt` where those with a time begin.
   */
  untimed?: true;
  /** The times are `updatedAt`, of a server up to 2.46. */
  by?: 'updatedAt';
}

/** Who was passed on by the runs of a sweep that takes more than one. */
export interface PassedPeople {
  /** The latest change that there was when the sweep began, ISO 8601; everybody came with all up to it. */
  until: string;
  /** Ids, as many as a state has room for. */
  ids: string[];
}

/** Where the next run goes on in Go.Data; a later step adds what it has to try again. */
export interface PeopleCursor {
  people?: RecordPosition;
  relationships?: RecordPosition;
  labResults?: RecordPosition;
  followUps?: RecordPosition;
  /** Only between the runs of one sweep. */
  passed?: PassedPeople;
  /** Ids of people who were rejected, and are read again whether they have changed or not. */
  retry?: string[];
}

/** The cursor of both ways: each keeps to its own part, and leaves the other's alone. */
export interface TwoWayCursor extends TrackerCursor {
  /** Of the way from Go.Data to DHIS2. */
  people?: PeopleCursor;
}

/** A bounded part of what has changed in an outbreak. */
export interface FetchedPeopleBatch {
  outbreak: { id: string; name: string };
  people: OutbreakPerson[];
  /** Of the people in the batch, each once. */
  relationships: OutbreakRelationship[];
  /** People at the other ends of relationships who are not in the batch, by id: what tells their tracked entities. */
  others: Record<string, Pick<OutbreakPerson, 'kind'> & { documents?: RecordFields[] }>;
  /** Every location that a person names, and all above them. */
  locations: Record<string, TallyLocation>;
  /** Vaccines that people have received: reference data id → code, an option's of DHIS2; of those with one. */
  optionCodes?: Record<string, string>;
  /** What the cursor becomes when all of this is written or reported. */
  next: PeopleCursor;
  more: boolean;
}
