/** A place on earth in decimal degrees, as Go.Data has it. */
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
  /** Day on which it was closed, `yyyy-MM-dd`; may lie ahead. */
  closedDate?: string;
  /** It is closed by now. */
  closed?: true;
  /** It is closed, yet an org unit below it is not. */
  openBelow?: true;
  /** Where it lies: its point, or the representative point of its area. Geometries do not travel. */
  point?: Point;
}

/** Where the next run goes on: after the children of this org unit. */
export interface OrgUnitPosition {
  level: number;
  /** Id of the parent whose children were the last ones; empty for the roots. */
  parent: string;
}

/**
 * A part of the org unit tree: parents before children, and the children of one parent always
 * together, so that a mapping can compare siblings.
 */
export interface FetchedOrgUnitBatch {
  orgUnits: OrgUnit[];
  /** Ids of the roots that the job chose; empty when it is the whole tree. */
  roots: string[];
  /** Ids of every org unit of this run's tree, in the last part only: whoever is not among them is gone. */
  allIds?: string[];
  /** Where the next run goes on; absent when this was the last part. */
  next?: OrgUnitPosition;
}
