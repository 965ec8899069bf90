import type { LocationPosition } from '#common/handover/fetched-location-batch.js';
import type { FetchedOrgUnitBatch } from '#common/handover/fetched-org-unit-batch.js';
import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { nextState, type State } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { fetchLocationBatch } from './fetch/fetch-locations.js';
import { type FetchLocationsOptions, resolveFetch } from './fetch/options.js';
import { mapBatch, type ToLocation } from './map/map-batch.js';
import { type MapLocationsOptions, readMapOptions } from './map/options.js';
import { toImportFile } from './to-import-file.js';
import { upsertBatch } from './upsert-batch.js';

/**
 * Reads Go.Data's location tree, or a bounded part of it: parents before children, and the children of
 * one parent always together. Locations that were deleted come with the last part, as ids.
 *
 * @public
 * @function
 * @param {FetchLocationsOptions} [options] - roots, level, batchSize
 * @returns {Operation}
 * @state {FetchedLocationBatch} data - The locations; `next` when there are more
 * @state report - Under `fetch-locations`: read, adjusted (broken coordinates), rejected
 * @state cursor - Optional input: where an earlier run ended
 * @state batchSize - Optional input: locations of this run
 * @example <caption>One district, by its id or by a code among its identifiers</caption>
 * fetchLocations({ roots: ['OU_BO'] });
 */
export function fetchLocations(options: FetchLocationsOptions = {}) {
  return async <S extends State>(state: S) => {
    const resolved = resolveFetch(options, state);
    const after = (state.cursor as { after?: LocationPosition } | undefined)?.after;
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { batch, report } = await fetchLocationBatch(client, resolved, after);
    return nextState(state, 'fetch-locations', batch, report);
  };
}

/**
 * Makes locations of org units, by a function that gives the fields of one. Ids, parents and the mark
 * of what is kept in step come from the org unit. Names that Go.Data would refuse beside each other are
 * made distinct, and reported.
 *
 * @public
 * @function
 * @param {ToLocation} toLocation - Org unit → name, synonyms, identifiers, active,
 * geographicalLevelId, geoLocation, populationDensity
 * @param {MapLocationsOptions} [options] - distinctName, link, mark
 * @returns {Operation}
 * @state {MappedLocationBatch} data - Input: org units. Output: locations
 * @state report - Under `map-locations`: read, adjusted (names made distinct), rejected
 * @example
 * mapLocations(orgUnit => ({
 *   name: orgUnit.name,
 *   active: !orgUnit.closed,
 *   geographicalLevelId: adminLevel(orgUnit.depth),
 *   geoLocation: orgUnit.point,
 * }));
 */
export function mapLocations(toLocation: ToLocation, options: MapLocationsOptions = {}) {
  return <S extends State>(state: S) => {
    const read = readMapOptions(options);
    const units = state.data as FetchedOrgUnitBatch | undefined;
    if (!Array.isArray(units?.orgUnits)) throw noInput('NO_ORG_UNITS', 'org units', 'fetches them');
    const { batch, report } = mapBatch(units, toLocation, read);
    return nextState(state, 'map-locations', batch, report);
  };
}

/**
 * Brings Go.Data's location tree to the mapped one: reads what is there once, plans, and applies only
 * differences. New locations come through the hierarchical import, under their own ids; what changed
 * is updated; what is closed, or gone from DHIS2, is deactivated, never deleted; what was deleted in
 * Go.Data, and DHIS2 still has, is brought back. Locations made by hand stay as they are. Running again
 * at once writes nothing.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state {MappedLocationBatch} data - Input: locations. Output: `plan`, the tree of changes
 * @state report - Under `upsert-locations`: created, updated, unchanged, deactivated, rejected
 * @state cursor - Where the next run goes on, when the tree has more
 * @state more - Whether it has
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * upsertLocations();
 */
export function upsertLocations() {
  return async <S extends State>(state: S) => {
    const batch = state.data as MappedLocationBatch | undefined;
    if (!Array.isArray(batch?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'maps them');
    const { dryRun: isDry, today, cursor, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const { closing: left = [] } = (cursor ?? {}) as { closing?: string[] };
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, closing, report } = await upsertBatch(client, batch, left, dryRun);
    const next = batch.next && { after: batch.next, ...(closing.length > 0 ? { closing } : {}) };
    // What a dry run has not written must be met again.
    const place = dryRun ? cursor : next;
    // All parts of a tree are of one day.
    const going = batch.next && today !== undefined ? { today } : {};
    return nextState(
      { ...rest, ...going, ...(place ? { cursor: place } : {}), more: batch.next !== undefined },
      'upsert-locations',
      { plan },
      report,
    );
  };
}

/**
 * Makes the file that Go.Data's user interface imports (Locations, import hierarchical): for those who
 * have no access to the server's API.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state {MappedLocationBatch} data - Input: locations. Output: the content of the file
 * @example
 * locationsToFile();
 */
export function locationsToFile() {
  return <S extends State>(state: S) => {
    const batch = state.data as MappedLocationBatch | undefined;
    if (!Array.isArray(batch?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'maps them');
    return { ...state, data: toImportFile(batch) };
  };
}
