import type { GoDataLink } from '../identity/links.js';
import type { BoundTo } from './bound-to.js';
import type { DescribedOptionSet } from './described-option-set.js';
import type { Described, DescribedProgram } from './described-program.js';
import type { StoredVersions } from './seen-versions.js';

/** An event of a tracked entity: one visit to a program stage. */
export interface TrackedEvent {
  id: string;
  /** Program stage id. */
  stage: string;
  orgUnit?: string;
  /** `ACTIVE`, `COMPLETED`, `SCHEDULE`, `SKIPPED`... */
  status?: string;
  /** Day on which it took place, `yyyy-MM-dd`; absent while it is only scheduled. */
  occurredAt?: string;
  scheduledAt?: string;
  /** It was created from a lab result or a follow-up of Go.Data, and belongs to Go.Data. */
  fromGoData?: true;
  /** Data element id → value as DHIS2 stores it: option codes, not option names. */
  values: Record<string, string>;
}

/** An enrollment of a tracked entity in the program through which it was read. */
export interface TrackedEnrollment {
  id: string;
  program: string;
  orgUnit: string;
  status?: string;
  /** Days, `yyyy-MM-dd`. */
  enrolledAt?: string;
  occurredAt?: string;
  /** In the order in which they took place; events without a day come last. */
  events: TrackedEvent[];
}

/** A relationship of a tracked entity. Both ends see the same one. */
export interface TrackedRelationship {
  id: string;
  /** Relationship type id. */
  type: string;
  /** Ids of the tracked entities at both ends. */
  from: string;
  to: string;
  /** Day on which DHIS2 created it, `yyyy-MM-dd`. */
  createdAt?: string;
}

/** A tracked entity as it travels between steps: without names of fields, and without empty values. */
export interface TrackedEntity {
  id: string;
  /** The program through which it was read. Somebody in both programs is a case. */
  kind: 'case' | 'contact';
  orgUnit: string;
  /** Times of the server's clock without a zone, as DHIS2 gives them (dhis2 FACTS §4.2). */
  createdAt: string;
  updatedAt: string;
  /** Deleted in DHIS2, or no longer enrolled in either program. Only the id is certain. */
  deleted?: true;
  /** The Go.Data person that it was created from, or is linked to. */
  link?: GoDataLink;
  /** Attribute id → value. */
  attributes: Record<string, string>;
  /**
   * Values that a program rule computes and nobody enters: attributes by id, data elements as
   * `<stage>.<data element>`.
   */
  assigned?: string[];
  /** The latest one last. */
  enrollments: TrackedEnrollment[];
  relationships: TrackedRelationship[];
}

/** Where the next run continues in a program. */
export interface TrackerPosition {
  /** `updatedAt` of the last tracked entity that was passed on, as the server gave it. */
  updatedAt: string;
  /** Tracked entities at that time, or shortly before it, that were passed on. */
  seen: StoredVersions;
  /** More changes are waiting: the next run continues exactly there, not a little before. */
  underWay?: true;
  /**
   * Only while under way: tracked entities have times after this, the server's present when they
   * were read. The reading ends here, because what is changed next has an earlier time than those.
   */
  endsAt?: string;
}

/** Where the next run continues. A later step adds what it must try again. */
export interface TrackerCursor {
  cases?: TrackerPosition;
  contacts?: TrackerPosition;
  /** Ids of tracked entities that were rejected. They are read again, changed or not. */
  retry?: string[];
  /** Relationships whose other end is not yet in Go.Data, see `toStoredRelationships`. */
  waiting?: string;
  /** People were written in part. `retry` holds the people whose reading completes them. */
  isPartial?: true;
  /** What the positions belong to. */
  boundTo?: BoundTo;
}

/**
 * Some of the tracked entities that changed since the last run, cases before contacts. Written by
 * `fetchTrackedEntities`, read by `mapPeople` (README.md).
 */
export interface FetchedTrackedEntityBatch {
  entities: TrackedEntity[];
  /** Every org unit that an entity, an enrollment or an event names. */
  orgUnits: Record<string, { name: string /** `/root/.../self` */; path: string }>;
  /** What a mapping can name in the programs, by the kind of their people; absent without people. */
  programs?: { case?: DescribedProgram; contact?: DescribedProgram };
  /** The option sets of the fields of these programs, by id; those that are very large are absent. */
  optionSets?: Record<string, DescribedOptionSet>;
  /**
   * Ids of attributes, data elements, stages and relationship types that the account may not read.
   * DHIS2 may omit their values, events and relationships, which then cannot be distinguished from
   * empty ones.
   */
  unreadable?: string[];
  /** All relationship types that the account sees; absent if the batch has no people. */
  relationshipTypes?: Described[];
  /**
   * The batch has all cases, and relationships were read at them only: contacts have those with a
   * case, and no others.
   */
  relationshipsAtCases?: true;
  /** The cursor after all of this is written or reported. */
  next: TrackerCursor;
  more: boolean;
}
