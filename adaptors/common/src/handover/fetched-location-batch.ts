import type { Point } from './fetched-org-unit-batch.js';

/** A code by which another system knows a location of Go.Data. */
export interface LocationCode {
  code: string;
  /** Which system that is. */
  description?: string;
  /** Another location has it as well, or is it: by this code nobody can tell them apart. */
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
  /** It is not active, yet a location below it is. */
  activeBelow?: true;
  point?: Point;
  populationDensity?: number;
  /** Day on which Go.Data got it, `yyyy-MM-dd`. */
  createdAt?: string;
}

/** What tells the org unit of a location. */
export type LocationKeys = Pick<FetchedLocation, 'id' | 'identifiers'>;

/** Where the next run goes on: after the children of this location. */
export interface LocationPosition {
  level: number;
  /** Id of the parent whose children were the last ones; empty at the top. */
  parent: string;
}

/** A part of Go.Data's location tree: parents before children, and the children of one parent together. */
export interface FetchedLocationBatch {
  locations: FetchedLocation[];
  /** Parents of these that are not among them: an earlier part had them, or they were not chosen. */
  parents: LocationKeys[];
  /** Locations that were deleted in Go.Data, in the last part only. */
  deleted?: LocationKeys[];
  /** Where the next run goes on; absent when this was the last part. */
  next?: LocationPosition;
}
