import type { CodeTable } from './code-table.js';
import type { FetchedPeopleBatch, OutbreakPerson } from './fetched-people-batch.js';
import type { Owners } from './owners.js';

/**
 * A value of an option set, as Go.Data has it. DHIS2 has it already when its option code stands for
 * the same reference data: two codes for one id, or codes that Go.Data has nothing for, are no change.
 */
export interface CodedValue {
  /** Name of a table in {@link MappedTrackedEntityBatch.tables}. */
  table: string;
  /** Reference data id; null: none. */
  id: string | null;
}

/** A value that Go.Data has for an attribute or a data element; null clears it. */
export type MappedValue = string | null | CodedValue;

/** An event as DHIS2 should have it. */
export interface MappedEvent {
  /**
   * What it comes from: `lab-result <id>`, `lab-request <id of the lab result>`, `follow-up <id>`, or
   * for the one event of a stage that is not repeatable the stage's id. Its UID is made of it.
   *
   * One that is made of a record gets the note `Go.Data <id of the record>` (`toLinkNote`) when it is
   * created: by that the way back knows it as Go.Data's, and takes nothing from it.
   */
  key: string;
  /** Program stage id. */
  stage: string;
  /** Day, `yyyy-MM-dd`. An event that DHIS2 had before keeps its own. */
  occurredAt?: string;
  scheduledAt?: string;
  /** Default: what DHIS2 has, else `ACTIVE`. */
  status?: string;
  /** Go.Data location id; default: the person's. */
  location?: string;
  /** Deleted in Go.Data. */
  deleted?: true;
  /** Data element id → value. */
  values: Record<string, MappedValue>;
}

/** A person as DHIS2 should have it. */
export interface MappedEntity {
  /** Go.Data id. */
  id: string;
  kind: OutbreakPerson['kind'];
  /** Ids of tracked entities that Go.Data keeps for this person, the surest first. */
  links: string[];
  /** Deleted in Go.Data: there is nothing else. */
  deleted?: true;
  /** Program id or code. */
  program: string;
  /** Go.Data location id that decides the org unit. */
  location?: string;
  /** Attribute id → value. */
  attributes: Record<string, MappedValue>;
  /** Days of the enrollment, `yyyy-MM-dd`. */
  enrolledAt?: string;
  occurredAt?: string;
  events: MappedEvent[];
  /** Fingerprints of what Go.Data has, for the fields whose owner is `latest`: pair → fingerprint. */
  fingerprints: Record<string, string>;
}

/** A relationship as DHIS2 should have it. */
export interface MappedTrackedRelationship {
  /** Go.Data id. */
  key: string;
  /** Relationship type id. */
  type: string;
  /** Go.Data ids of the people at both ends. */
  from: string;
  to: string;
  /** Deleted in Go.Data. */
  deleted?: true;
}

/** People as they should be in DHIS2. */
export interface MappedTrackedEntityBatch
  extends Pick<FetchedPeopleBatch, 'locations' | 'next' | 'more'> {
  entities: MappedEntity[];
  relationships: MappedTrackedRelationship[];
  /** Other ends of relationships: Go.Data id → ids of tracked entities that Go.Data keeps for it. */
  others: Record<string, { kind: OutbreakPerson['kind']; links: string[]; program: string }>;
  tables: Record<string, CodeTable>;
  owners: Owners;
  /** What UIDs are made of besides the Go.Data id: the name of the Go.Data server. */
  server: string;
  /** Attribute that holds the Go.Data id, where the programs have one. */
  linkAttribute?: string;
  /** Unique attributes whose mapped value finds a tracked entity. */
  findBy: string[];
  /** What becomes of a tracked entity whose person was deleted in Go.Data. */
  whenDeleted: 'leave' | 'cancel' | 'delete';
}
