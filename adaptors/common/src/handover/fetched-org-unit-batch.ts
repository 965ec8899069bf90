import type { BoundTo } from './bound-to.js';

/** A point in decimal degrees, as Go.Data stores it. */
export interface Point {
  /** Latitude, -90 to 90. */
  lat: number;
  /** Longitude, -180 to 180. */
  lng: number;
}

/** An org unit of DHIS2 as it travels between steps and as a mapping sees it. */
export interface OrgUnit {
  id: string;
  name: string;
  shortName?: string;
  code?: string;
  /** Level in DHIS2's tree; 1 is its root. */
  level: number;
  /** Steps below the root of this run; 0 is the root itself. */
  depth: number;
  /** Id of the parent org unit; absent at a root of this run. */
  parent?: string;
  /** First day of operation, `yyyy-MM-dd`. */
  openingDate?: string;
  /** Day on which it closes, `yyyy-MM-dd`; may be in the future. */
  closedDate?: string;
  /** It is closed today. */
  closed?: true;
  /** It is closed, but an org unit below it is open. */
  openBelow?: true;
  /** Its point, or a representative point of its area. Geometries are not passed on. */
  point?: Point;
}

/** Where the next run continues: after the children of this org unit. */
export interface OrgUnitPosition {
  level: number;
  /** Id of the parent of the last children; empty for the roots. */
  parent: string;
}

/**
 * A part of the org unit tree: parents before children, and all children of one parent together, so
 * that a mapping can compare siblings. Written by `fetchOrgUnits` and `parseOrgUnits`, read by
 * `mapLocations` (README.md).
 */
export interface FetchedOrgUnitBatch {
  orgUnits: OrgUnit[];
  /** Ids of the roots that the job chose; empty when it is the whole tree. */
  roots: string[];
  /**
   * Ids of every org unit of this run's tree, in the last part only. An org unit that is not among
   * them no longer exists.
   */
  allIds?: string[];
  /** Where the next run continues; absent in the last part. */
  next?: OrgUnitPosition;
  /** The DHIS2 that it was read from; absent for a file. */
  boundTo?: BoundTo;
}

/** What a run leaves for the next one. */
export interface OrgUnitCursor {
  /** Where the next run continues, if the tree has more. */
  after?: OrgUnitPosition;
  /** Ids of locations to deactivate with the last part of the tree. */
  closing?: string[];
  boundTo?: BoundTo;
}
