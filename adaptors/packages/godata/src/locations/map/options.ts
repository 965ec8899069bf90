import type { OrgUnit } from '#common/handover/fetched-org-unit-batch.js';
import type { LinkWay } from '#common/handover/mapped-location-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** How org units become locations, besides their fields. */
export interface MapLocationsOptions {
  /**
   * Another name for siblings that Go.Data would take for one. Default: the code, else the id, in
   * brackets behind the name.
   */
  distinctName?: (name: string, orgUnit: OrgUnit) => string;
  /**
   * Which locations made by hand are taken for an org unit's: those with the same parent and the same
   * `name` or, among their identifiers, its `code`. An empty list: none. Default `['name', 'code']`.
   */
  link?: LinkWay[];
  /**
   * Description of the identifier with the org unit's id: it marks the locations that are kept in step
   * with this DHIS2. Two DHIS2 servers with one Go.Data need two. Default `DHIS2 id`.
   */
  mark?: string;
  /**
   * Name of the Go.Data server, as mapOrgUnits has it: org units that were made of locations are known
   * by it. Default `godata`.
   */
  server?: string;
}

const KEYS = ['distinctName', 'link', 'mark', 'server'] as const;

/**
 * Checks the options and completes them.
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
