import type { LocationPosition } from './fetched-location-batch.js';
import type { Point } from './fetched-org-unit-batch.js';

/** What a mapping makes of a location: the properties of a DHIS2 org unit that Go.Data owns. */
export interface OrgUnitFields {
  /** At most 230 letters; a longer one is cut. */
  name: string;
  /** At most 50 letters; a longer one is cut. Default: the name. */
  shortName?: string;
  /** Absent: the location's id for a new org unit, and what DHIS2 has stays. */
  code?: string;
  /** Absent: what DHIS2 has stays. */
  point?: Point;
  /** Whether it is closed. Absent: what DHIS2 has stays. */
  closed?: boolean;
}

/** What tells the org unit of a location, the surest first. */
export interface OrgUnitKeys {
  /** Id of the location. */
  id: string;
  /** Id of the org unit that the location came from, or was linked to. */
  link?: string;
  /** Another location is linked to the same org unit. */
  isLinkShared?: true;
  /** Codes that an org unit of the location may have. */
  codes: string[];
  /** Those of them that another location has as well. */
  sharedCodes?: string[];
}

/** An org unit as it should be. */
export interface MappedOrgUnit extends OrgUnitFields, OrgUnitKeys {
  /** Location id of the parent; absent at the top. */
  parent?: string;
  shortName: string;
  /** First day of operation of a new one, `yyyy-MM-dd`. */
  openingDate: string;
  /** It is closed, yet one below it is not. */
  openBelow?: true;
  /** Texts that were cut, or for a code omitted, since DHIS2 takes them only so long. */
  cut?: CutText[];
}

/** A text of an org unit whose length DHIS2 limits. */
export type CutText = 'name' | 'shortName' | 'code';

/** Who has the say about an org unit that DHIS2 had before Go.Data, or that both had before they were linked. */
export type LinkedOwner = 'dhis2' | 'godata';

/** What becomes of an org unit whose location was deleted in Go.Data. */
export type WhenLocationDeleted = 'leave' | 'close';

/** A part of the org unit tree as it should be: parents before children, siblings together. */
export interface MappedOrgUnitBatch {
  orgUnits: MappedOrgUnit[];
  /** Parents of these that are not among them. */
  parents: OrgUnitKeys[];
  /** Of locations that were deleted in Go.Data, where that closes org units; in the last part only. */
  deleted?: OrgUnitKeys[];
  /** What UIDs are made of besides the location's id: the name of the Go.Data server. */
  server: string;
  owner: LinkedOwner;
  /** Id or code of the org unit below which new ones from the top of Go.Data go. */
  under?: string;
  next?: LocationPosition;
}
