import type { CodeTable } from './code-table.js';
import type { CodedTable } from './coded-table.js';
import type { FetchedPeopleBatch, OutbreakPerson } from './fetched-people-batch.js';
import type { Fingerprints, Owners } from './owners.js';

/**
 * A value of an option set, as Go.Data has it. DHIS2 already has it if its option code means the
 * same reference data item. Two codes for one item, or codes without an item, are not a change.
 */
export interface CodedValue {
  /** Name of a table in {@link MappedTrackedEntityBatch.tables}. */
  table: string;
  /** Reference data id; null: no value. */
  id: string | null;
}

/** A value of Go.Data for an attribute or a data element; null clears it. */
export type MappedValue = string | null | CodedValue;

/** An event as DHIS2 should have it. */
export interface MappedEvent {
  /**
   * What the event is created from: `lab-result <id>`, `lab-request <id of the lab result>`,
   * `follow-up <id>`, or the id of the stage if the stage has one event. The event's UID is
   * computed from it.
   *
   * When an event is created from a record it gets the note `Go.Data <id of the record>`
   * (`toLinkNote`). The way back recognises it as Go.Data's by that note, and reads nothing from
   * it.
   */
  key: string;
  /** Program stage id. */
  stage: string;
  /** Day, `yyyy-MM-dd`. An event that DHIS2 already has keeps its own day. */
  occurredAt?: string;
  scheduledAt?: string;
  /** Default: the status that DHIS2 has, else `ACTIVE`. */
  status?: string;
  /** Go.Data location id; default: that of the person. */
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
  /** Ids of tracked entities that Go.Data stores for this person, the most reliable first. */
  links: string[];
  /** Go.Data ids of the deleted duplicates that it was merged of. */
  merged?: string[];
  /** Deleted in Go.Data: only the id is set. */
  deleted?: true;
  /** Program id or code. */
  program: string;
  /** Go.Data location id that decides the org unit. */
  location?: string;
  /** Used instead for a person who is not in DHIS2 yet and has no location. */
  otherLocation?: string;
  /** Attribute id → value. */
  attributes: Record<string, MappedValue>;
  /** Days of the enrollment, `yyyy-MM-dd`. */
  enrolledAt?: string;
  occurredAt?: string;
  events: MappedEvent[];
  /** Those of what Go.Data has. */
  fingerprints: Fingerprints;
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

/**
 * People as DHIS2 should have them. Written by `mapPeople`, read by
 * `upsertTrackedEntities` (README.md).
 */
export interface MappedTrackedEntityBatch
  extends Pick<FetchedPeopleBatch, 'locations' | 'next' | 'more'> {
  entities: MappedEntity[];
  relationships: MappedTrackedRelationship[];
  /** Other ends of relationships: Go.Data id → ids of tracked entities that Go.Data stores for it. */
  others: Record<string, Pick<MappedEntity, 'kind' | 'links' | 'merged' | 'program'>>;
  tables: Record<string, CodeTable>;
  /**
   * The rows of the mapping by the place that they write, an attribute's id or `<stage>.<data
   * element>`, for messages: `case, row lastName`.
   */
  rows?: Record<string, string[]>;
  /**
   * The places of answers that are numbers, attributes or `<stage>.<data element>`. A text there that
   * is no number cannot come from Go.Data, and is not cleared.
   */
  numbers?: string[];
  /** The org units that the mapping names for people without a location, by id or code, with the rows. */
  namedOrgUnits?: Record<string, string[]>;
  /** The tables of option codes that the rows of the mapping have, to be held against DHIS2. */
  coded?: CodedTable[];
  owners: Owners;
  /** Name of the Go.Data server; UIDs are computed from it and the Go.Data id. */
  server: string;
  /** Attribute that holds the Go.Data id, if the programs have one. */
  linkAttribute?: string;
  /** Unique attributes by whose mapped value a tracked entity is found. */
  findBy: string[];
  /** What happens to a tracked entity whose person was deleted in Go.Data. */
  whenDeleted: 'leave' | 'cancel' | 'delete';
}
