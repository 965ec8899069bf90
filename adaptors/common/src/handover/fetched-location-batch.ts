import type { Point } from './fetched-org-unit-batch.js';

/** A code under which another system knows a location of Go.Data. */
export interface LocationCode {
  code: string;
  /** The name of that system. */
  description?: string;
  /** Another location has the same code, or has it as its id: the code does not identify one location. */
  isShared?: true;
}

/** A location of Go.Data as it travels between steps and as a mapping sees it. */
export interface FetchedLocation {
  id: string;
  name: string;
  synonyms: string[];
  /** In Go.Data's order; those without a code are omitted. */
  identifiers: LocationCode[];
  /** Level in Go.Data's tree; 0 is its top. */
  level: number;
  /** `LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_1`... */
  geographicalLevelId?: string;
  /** Id of the parent; absent at the top. */
  parent?: string;
  active: boolean;
  /** The location is inactive, but a location below it is active. */
  activeBelow?: true;
  point?: Point;
  populationDensity?: number;
  /** Day on which Go.Data created it, `yyyy-MM-dd`. */
  createdAt?: string;
}

/** What identifies the org unit of a location. */
export type LocationKeys = Pick<FetchedLocation, 'id' | 'identifiers'>;

/** Where the next run continues: after the children of this location. */
export interface LocationPosition {
  level: number;
  /** Id of the parent of the last children; empty at the top. */
  parent: string;
}

/**
 * A part of Go.Data's location tree: parents before children, all children of one parent together.
 * Written by `fetchLocations`, read by `mapOrgUnits` (README.md).
 */
export interface FetchedLocationBatch {
  locations: FetchedLocation[];
  /** Parents that are not among `locations`: an earlier part had them, or they were not chosen. */
  parents: LocationKeys[];
  /** Locations that were deleted in Go.Data, in the last part only. */
  deleted?: LocationKeys[];
  /** Where the next run continues; absent in the last part. */
  next?: LocationPosition;
}
