import type { FetchedOrgUnitBatch, Point } from './fetched-org-unit-batch.js';

/** A code by which another system knows a location; the description says which. */
export interface Identifier {
  code?: string;
  description: string;
}

/** What a mapping makes of an org unit: the fields of a Go.Data location that DHIS2 owns. */
export interface LocationFields {
  name: string;
  /** Other names; blank ones and the name itself are omitted. */
  synonyms?: (string | undefined)[];
  /** An identifier without a code says that there is none any more. */
  identifiers?: Identifier[];
  active?: boolean;
  geographicalLevelId?: string;
  /** Absent: what Go.Data has stays. */
  geoLocation?: Point;
  populationDensity?: number;
}

/** A location as it should be, under the id of its org unit. */
export interface MappedLocation extends LocationFields {
  /** Id of the org unit; the location's own, unless it is linked to one made by hand. */
  id: string;
  /** Org unit id of the parent; absent at a root. */
  parent?: string;
  synonyms: string[];
  identifiers: Identifier[];
  active: boolean;
}

/** How a location that was made by hand is taken for an org unit's: same parent, and same name or code. */
export type LinkWay = 'name' | 'code';

/** A part of the location tree as it should be: parents before children, siblings together. */
export interface MappedLocationBatch
  extends Pick<FetchedOrgUnitBatch, 'roots' | 'allIds' | 'next'> {
  locations: MappedLocation[];
  /** Description of the identifier that holds the org unit's id: the mark of what this workflow keeps. */
  mark: string;
  link: LinkWay[];
  /** Name of the Go.Data server, of which the UIDs of org units that came from there are made. */
  server: string;
}
