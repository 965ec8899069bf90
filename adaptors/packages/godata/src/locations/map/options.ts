import type { OrgUnit } from '#common/handover/fetched-org-unit-batch.js';
import type { LinkWay } from '#common/handover/mapped-location-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** The options of `mapLocations`. */
export interface MapLocationsOptions {
  /**
   * Returns another name for siblings that Go.Data would treat as the same location. Default: the
   * name, with the code or else the id in brackets.
   */
  distinctName?: (name: string, orgUnit: OrgUnit) => string;
  /**
   * How to link an org unit to a location that was made by hand: by the same parent and the same
   * `name`, or an identifier with its `code`. An empty list links none. Default `['name', 'code']`.
   */
  link?: LinkWay[];
  /**
   * Description of the identifier with the org unit's id. It marks the locations that this DHIS2
   * keeps up to date. Two DHIS2 servers with the same Go.Data need two different marks. Default
   * `DHIS2 id`.
   */
  mark?: string;
  /**
   * Name of the Go.Data server, the same as in mapOrgUnits. By it the org units that were made from
   * locations are found. Default `godata`.
   */
  server?: string;
}

const KEYS = ['distinctName', 'link', 'mark', 'server'] as const;

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapOptions(given: MapLocationsOptions): Required<MapLocationsOptions> {
  refuseUnknownKeys('mapLocations options', given, KEYS);
  const {
    distinctName = (name, { code, id }) => `${name} (${code ?? id})`,
    link = ['name', 'code'],
    mark = 'DHIS2 id',
    server = 'godata',
  } = given;
  if (typeof distinctName !== 'function') throw badOption('distinctName', 'must be a function');
  if (!Array.isArray(link) || link.some(way => way !== 'name' && way !== 'code')) {
    throw badOption('link', "must be a list of 'name' and 'code', or an empty list");
  }
  if (typeof mark !== 'string' || mark.trim() === '') throw badOption('mark', 'must be a text');
  if (typeof server !== 'string' || server.trim() === '')
    throw badOption('server', 'must be a text');
  return { distinctName, link, mark, server };
}
