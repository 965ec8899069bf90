import type { FetchedLocation } from '#common/handover/fetched-location-batch.js';
import type { LinkedOwner, WhenLocationDeleted } from '#common/handover/mapped-org-unit-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { isDay } from '#common/periods/index.js';

/** Options for mapping locations to org units. */
export interface MapOrgUnitsOptions {
  /**
   * Which system owns org units that do not come from Go.Data: those from which locations were
   * made, or to which they are linked. Default `dhis2`: they do not change.
   */
  owner?: LinkedOwner;
  /** What to do with the org unit of a location that was deleted in Go.Data. Default `leave`. */
  whenDeleted?: WhenLocationDeleted;
  /**
   * Opening date of a new org unit, `yyyy-MM-dd`, or a function of the location that returns it.
   * Default `1970-01-01`: since 2.43 DHIS2 accepts no data from before the opening date (dhis2
   * FACTS §3).
   */
  openingDate?: string | ((location: FetchedLocation) => string);
  /**
   * Id or code of the org unit below which to create new org units for locations at the top of
   * Go.Data's tree. Default: the top of DHIS2's tree.
   */
  under?: string;
  /**
   * Descriptions of the identifiers whose code may be the code of the location's org unit. Default:
   * any. An empty list: none.
   */
  link?: string[];
  /**
   * Description of the identifier with the org unit's id, the same as in mapLocations. Default
   * `DHIS2 id`.
   */
  mark?: string;
  /** Name of the Go.Data server. The UIDs of new org units are derived from it. Default `godata`. */
  server?: string;
}

/** The options with their defaults, checked. */
export type ResolvedMap = Required<Omit<MapOrgUnitsOptions, 'under' | 'link'>> &
  Pick<MapOrgUnitsOptions, 'under' | 'link'>;

const KEYS = ['owner', 'whenDeleted', 'openingDate', 'under', 'link', 'mark', 'server'] as const;

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), with the key
 */
export function readMapOptions(given: MapOrgUnitsOptions): ResolvedMap {
  refuseUnknownKeys('mapOrgUnits options', given, KEYS);
  const {
    owner = 'dhis2',
    whenDeleted = 'leave',
    openingDate = '1970-01-01',
    under,
    link,
    mark = 'DHIS2 id',
    server = 'godata',
  } = given;
  if (owner !== 'dhis2' && owner !== 'godata') {
    throw badOption('owner', "must be 'dhis2' or 'godata'");
  }
  if (whenDeleted !== 'leave' && whenDeleted !== 'close') {
    throw badOption('whenDeleted', "must be 'leave' or 'close'");
  }
  if (typeof openingDate !== 'function' && !isDay(openingDate)) {
    throw badOption('openingDate', 'must be a day or a function', "For example '1970-01-01'.");
  }
  if (under !== undefined && !isText(under)) {
    throw badOption('under', 'must be the id or code of an org unit');
  }
  if (link !== undefined && !(Array.isArray(link) && link.every(isText))) {
    throw badOption('link', 'must be a list of descriptions of identifiers, or an empty list');
  }
  if (!isText(mark)) throw badOption('mark', 'must be a text');
  if (!isText(server)) throw badOption('server', 'must be a text');
  return {
    owner,
    whenDeleted,
    openingDate,
    mark,
    server,
    ...(under === undefined ? {} : { under }),
    ...(link === undefined ? {} : { link }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
