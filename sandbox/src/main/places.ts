import type { OrgUnit } from '../dhis2/index.js';
import type { GoDataRecord } from '../godata/index.js';

/** Locations of Go.Data and the org units of DHIS2 that the workflow finds for them. */
export interface Places {
  locations: GoDataRecord[];
  orgUnits: OrgUnit[];
  /** Ids of locations that are not an org unit. */
  unknown: string[];
}
