import type { BoundTo } from './bound-to.js';
import type { DescribedOutbreak } from './described-outbreak.js';
import type { TrackerCursor } from './fetched-tracked-entity-batch.js';
import type { RecordFields } from './mapped-people-batch.js';
import type { StoredVersions } from './seen-versions.js';
import type { TallyLocation } from './tally.js';

/** A person of Go.Data as it travels between steps, with everything that belongs to it. */
export interface OutbreakPerson {
  id: string;
  kind: 'case' | 'contact' | 'contact-of-contact';
  /** Deleted in Go.Data: `record`, `labResults` and `followUps` are empty. */
  deleted?: true;
  /** When it was deleted, ISO 8601. */
  deletedAt?: string;
  /** Ids of the deleted duplicates that a merge in Go.Data made this record of. */
  merged?: string[];
  /** The record, without what the server computes and no mapping needs. Empty values are omitted. */
  record: RecordFields;
  /** Each with its `id`; a deleted one has only `id` and `deleted: true`. */
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

/** Where the next run continues in one kind of records. */
export interface RecordPosition {
  /** `dbUpdatedAt` (up to 2.46 `updatedAt`) of the last record that was passed on, ISO 8601. */
  updatedAt: string;
  /** Records at that time, or shortly before it, that were passed on. */
  seen: StoredVersions;
  /** More changes are waiting: the next run continues exactly there, not a little before. */
  underWay?: true;
  /** Where the waiting changes begin: the id of the last record, among those with the same time. */
  after?: string;
  /**
   * The position is still among the records without a time, which nobody has changed since the
   * server was upgraded to 2.47. `after` is the last of them; `updatedAt` is where the records with
   * a time begin.
   */
  untimed?: true;
  /** The times are `updatedAt`, of a server up to 2.46. */
  by?: 'updatedAt';
  /**
   * Only while under way: records have times after this, the server's present when they were read.
   * The reading ends here, because what is changed next has an earlier time than those records.
   */
  endsAt?: string;
}

/**
 * The people whom the runs of one sweep have passed on. A sweep is one reading of all changes that
 * takes several runs.
 */
export interface PassedPeople {
  /** The latest change when the sweep began, ISO 8601. Everybody was passed on with all changes up to it. */
  until: string;
  /** Ids, as many as a state has room for. */
  ids: string[];
}

/** Where the next run continues in Go.Data. A later step adds the people to try again. */
export interface PeopleCursor {
  people?: RecordPosition;
  relationships?: RecordPosition;
  labResults?: RecordPosition;
  followUps?: RecordPosition;
  /** Only while a sweep is not finished. */
  passed?: PassedPeople;
  /** Ids of people who were rejected. They are read again, changed or not. */
  retry?: string[];
  /** What the positions belong to. */
  boundTo?: BoundTo;
}

/** The cursor of a two-way run. Each way changes only its own part. */
export interface TwoWayCursor extends TrackerCursor {
  /** Part of the way from Go.Data to DHIS2. */
  people?: PeopleCursor;
}

/**
 * Some of the people of an outbreak that changed since the last run. Written by `fetchPeople`, read
 * by `mapPeople` (README.md).
 */
export interface FetchedPeopleBatch {
  outbreak: { id: string; name: string };
  /** What a mapping can name in Go.Data; absent without people. */
  described?: DescribedOutbreak;
  people: OutbreakPerson[];
  /** Relationships of the people in the batch, each once. */
  relationships: OutbreakRelationship[];
  /**
   * People at the other end of a relationship who are not in the batch, by id, with what identifies
   * their tracked entities, and the location of their usual place of residence.
   */
  others: Record<
    string,
    Pick<OutbreakPerson, 'kind' | 'merged'> & { documents?: RecordFields[]; locationId?: string }
  >;
  /** Every location that a person names, and all locations above it. */
  locations: Record<string, TallyLocation>;
  /**
   * Vaccines that people received: reference data id → code, which is an option code of DHIS2.
   * Vaccines without a code are omitted.
   */
  optionCodes?: Record<string, string>;
  /** The cursor after all of this is written or reported. */
  next: PeopleCursor;
  more: boolean;
}
