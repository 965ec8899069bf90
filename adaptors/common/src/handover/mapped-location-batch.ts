import type { FetchedOrgUnitBatch, Point } from './fetched-org-unit-batch.js';

/** A code under which another system knows a location; the description names the system. */
export interface Identifier {
  code?: string;
  description: string;
}

/** What a mapping returns for an org unit: the fields of a Go.Data location that DHIS2 owns. */
export interface LocationFields {
  name: string;
  /** Other names; blank ones and the name itself are omitted. */
  synonyms?: (string | undefined)[];
  /** An identifier without a code: there is no such code any more. */
  identifiers?: Identifier[];
  active?: boolean;
  geographicalLevelId?: string;
  /** Absent: Go.Data keeps its own. */
  geoLocation?: Point;
  populationDensity?: number;
}

/** A location as Go.Data should have it, under the id of its org unit. */
export interface MappedLocation extends LocationFields {
  /** Id of the org unit. It is also the location's id, unless the location was made by hand and linked. */
  id: string;
  /** Org unit id of the parent; absent at a root. */
  parent?: string;
  synonyms: string[];
  identifiers: Identifier[];
  active: boolean;
}

/**
 * How a location that was made by hand is recognised as that of an org unit: same parent, and the
 * same name or code.
 */
export type LinkWay = 'name' | 'code';

/**
 * A part of the location tree as Go.Data should have it: parents before children, siblings
 * together. Written by `mapLocations`, read by `upsertLocations` and `locationsToFile` (README.md).
 */
export interface MappedLocationBatch
  extends Pick<FetchedOrgUnitBatch, 'roots' | 'allIds' | 'next' | 'boundTo'> {
  locations: MappedLocation[];
  /**
   * Description of the identifier that holds the org unit's id. It marks the locations that are
   * kept in step.
   */
  mark: string;
  link: LinkWay[];
  /** Name of the Go.Data server; the UIDs of org units that came from there are computed with it. */
  server: string;
}
