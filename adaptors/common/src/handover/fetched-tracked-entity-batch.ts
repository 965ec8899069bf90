import type { GoDataLink } from '../identity/links.js';

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
  /** It was made of a lab result or a follow-up of Go.Data, whose it remains. */
  fromGoData?: true;
  /** Data element id → value as DHIS2 keeps it: option codes, not their names. */
  values: Record<string, string>;
}

/** An enrollment of a tracked entity in the program that it was read by. */
export interface TrackedEnrollment {
  id: string;
  program: string;
  orgUnit: string;
  status?: string;
  /** Days, `yyyy-MM-dd`. */
  enrolledAt?: string;
  occurredAt?: string;
  /** In the order in which they took place; those without a day come last. */
  events: TrackedEvent[];
}

/** A relationship of a tracked entity, seen from neither side. */
export interface TrackedRelationship {
  id: string;
  /** Relationship type id. */
  type: string;
  /** Ids of the tracked entities at both ends. */
  from: string;
  to: string;
  /** Day on which DHIS2 got it, `yyyy-MM-dd`. */
  createdAt?: string;
}

/** A tracked entity as it travels between steps: without names of fields, and without what is empty. */
export interface TrackedEntity {
  id: string;
  /** The program that it was read by; someone in both programs is a case. */
  kind: 'case' | 'contact';
  orgUnit: string;
  /** Server-local times without a zone, as DHIS2 gives them (dhis2 FACTS §4.2). */
  createdAt: string;
  updatedAt: string;
  /** Deleted in DHIS2, or enrolled in neither program any more: nothing but the id is sure. */
  deleted?: true;
  /** The person of Go.Data that it was made of, or linked to. */
  link?: GoDataLink;
  /** Attribute id → value. */
  attributes: Record<string, string>;
  /**
   * Values that a program rule works out, and nobody enters: attributes by id, data elements as
   * `<stage>.<data element>`.
   */
  assigned?: string[];
  /** The latest last. */
  enrollments: TrackedEnrollment[];
  relationships: TrackedRelationship[];
}

/** Where in a program the next run goes on. */
export interface TrackerPosition {
  /** `updatedAt` of the last tracked entity that was passed on, as the server gave it. */
  updatedAt: string;
  /** Tracked entities at or shortly before that time that were passed on: id → updatedAt. */
  seen: Record<string, string>;
  /** Changes were left behind: the next run goes on right there, not a little before. */
  underWay?: true;
}

/** Where the next run goes on; a later step adds what it has to try again. */
export interface TrackerCursor {
  cases?: TrackerPosition;
  contacts?: TrackerPosition;
  /** Ids of tracked entities that were rejected, and are read again whether they have changed or not. */
  retry?: string[];
  /** Relationships whose other end is not in Go.Data yet. */
  waiting?: TrackedRelationship[];
  /** People were written in part: those to read again know the rest. */
  isPartial?: true;
}

/** A bounded part of what has changed: cases before contacts. */
export interface FetchedTrackedEntityBatch {
  entities: TrackedEntity[];
  /** Every org unit that an entity, an enrollment or an event names. */
  orgUnits: Record<string, { name: string /** `/root/.../self` */; path: string }>;
  /**
   * Ids of attributes, data elements and stages of the programs that the account may not read, if there
   * are any: DHIS2 may leave their values and events out, so that nobody can tell them from empty ones.
   */
  unreadable?: string[];
  /** Ids of relationship types that the account may read; absent where there is nobody. */
  relationshipTypes?: string[];
  /** What the cursor becomes when all of this is written or reported. */
  next: TrackerCursor;
  more: boolean;
}
