import type { FetchedLocation } from '#common/handover/fetched-location-batch.js';
import type { LinkedOwner, WhenLocationDeleted } from '#common/handover/mapped-org-unit-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { isDay } from '#common/periods/index.js';

/** How locations become org units, besides their properties. */
export interface MapOrgUnitsOptions {
  /**
   * Who has the say about org units that did not come from Go.Data: those that locations were made of,
   * or are linked to. Default `dhis2`: they stay as they are.
   */
  owner?: LinkedOwner;
  /** What becomes of the org unit of a location that was deleted in Go.Data. Default `leave`. */
  whenDeleted?: WhenLocationDeleted;
  /**
   * First day of operation of a new org unit, `yyyy-MM-dd`, or a function of the location that gives it.
   * Default `1970-01-01`: since 2.43 DHIS2 takes no data from before that day (dhis2 FACTS §3).
   */
  openingDate?: string | ((location: FetchedLocation) => string);
  /**
   * Id or code of the org unit below which new ones go whose location is at the top of Go.Data's tree.
   * Default: they are at the top of DHIS2's.
   */
  under?: string;
  /**
   * Descriptions of the identifiers whose code may be that of the location's org unit. Default: any.
   * An empty list: none.
   */
  link?: string[];
  /** Description of the identifier with the org unit's id, as mapLocations has it. Default `DHIS2 id`. */
  mark?: string;
  /** Name of the Go.Data server, of which the UIDs of new org units are made. Default `godata`. */
  server?: string;
}

/** Options, checked and completed. */
export type ResolvedMap = Required<Omit<MapOrgUnitsOptions, 'under' | 'link'>> &
  Pick<MapOrgUnitsOptions, 'under' | 'link'>;

const KEYS = ['owner', 'whenDeleted', 'openingDate', 'under', 'link', 'mark', 'server'] as const;

/**
 * Checks the options and completes them.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
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
