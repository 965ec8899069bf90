import type { LocationPosition } from './fetched-location-batch.js';
import type { Point } from './fetched-org-unit-batch.js';

/** What a mapping returns for a location: the properties of a DHIS2 org unit that Go.Data owns. */
export interface OrgUnitFields {
  /** At most 230 characters; longer names are cut. */
  name: string;
  /** At most 50 characters; longer names are cut. Default: the name. */
  shortName?: string;
  /** Absent: a new org unit gets the location's id; DHIS2 keeps the code of any other. */
  code?: string;
  /** Absent: DHIS2 keeps its own. */
  point?: Point;
  /** Whether it is closed. Absent: DHIS2 keeps its own. */
  closed?: boolean;
}

/** What identifies the org unit of a location, the most reliable first. */
export interface OrgUnitKeys {
  /** Id of the location. */
  id: string;
  /** Id of the org unit that the location came from, or was linked to. */
  link?: string;
  /** Another location is linked to the same org unit. */
  isLinkShared?: true;
  /** Codes that the org unit of the location may have. */
  codes: string[];
  /** Those codes that another location has as well. */
  sharedCodes?: string[];
}

/** An org unit as DHIS2 should have it. */
export interface MappedOrgUnit extends OrgUnitFields, OrgUnitKeys {
  /** Location id of the parent; absent at the top. */
  parent?: string;
  shortName: string;
  /** First day of operation of a new org unit, `yyyy-MM-dd`. */
  openingDate: string;
  /** It is closed, but one below it is open. */
  openBelow?: true;
  /** Texts that were cut, or a code that was omitted, because DHIS2 limits their length. */
  cut?: CutText[];
}

/** A text of an org unit whose length DHIS2 limits. */
export type CutText = 'name' | 'shortName' | 'code';

/** Which system wins for an org unit that DHIS2 had first, or that both had before they were linked. */
export type LinkedOwner = 'dhis2' | 'godata';

/** What happens to an org unit whose location was deleted in Go.Data. */
export type WhenLocationDeleted = 'leave' | 'close';

/**
 * A part of the org unit tree as DHIS2 should have it: parents before children, siblings together.
 * Written by `mapOrgUnits`, read by `upsertOrgUnits` (README.md).
 */
export interface MappedOrgUnitBatch {
  orgUnits: MappedOrgUnit[];
  /** Parents that are not among `orgUnits`. */
  parents: OrgUnitKeys[];
  /** Org units to close because their locations were deleted in Go.Data; in the last part only. */
  deleted?: OrgUnitKeys[];
  /** Name of the Go.Data server; UIDs are computed from it and the location's id. */
  server: string;
  owner: LinkedOwner;
  /** Id or code of the org unit under which new org units from the top of Go.Data are placed. */
  under?: string;
  next?: LocationPosition;
}
