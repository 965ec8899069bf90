import { type LargeChangeOption, readBrake } from '#common/brake/large-change.js';
import type { LocationPosition } from '#common/handover/fetched-location-batch.js';
import type {
  FetchedOrgUnitBatch,
  OrgUnitCursor,
} from '#common/handover/fetched-org-unit-batch.js';
import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import { refuseUnknownKeys } from '#common/operations/options.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { finishWriting } from '#common/reporting/finish-writing.js';
import { nextState } from '#common/reporting/next-state.js';
import { type OnRejectedOption, readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { keepPlanned } from '#common/reporting/undo-table.js';
import { undoRowsOf } from '#common/undo/rows-of.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { fetchLocationBatch } from './fetch/fetch-locations.js';
import { type FetchLocationsOptions, resolveFetch } from './fetch/options.js';
import { mapBatch, type ToLocation } from './map/map-batch.js';
import { type MapLocationsOptions, readMapOptions } from './map/options.js';
import { toImportFile } from './to-import-file.js';
import { undoLocationRows } from './undo-locations.js';
import { upsertBatch } from './upsert-batch.js';

/**
 * Reads Go.Data's location tree, or a bounded part of it: parents before children, and all children
 * of a parent together. The last part includes the ids of deleted locations.
 *
 * @public
 * @function
 * @param {FetchLocationsOptions} [options] - roots, level, batchSize
 * @returns {Operation}
 * @state {FetchedLocationBatch} data - The locations; `next` when there are more
 * @state report - Under `fetch-locations`: read, adjusted (broken coordinates), rejected
 * @state cursor - Optional input: where an earlier run ended
 * @state batchSize - Optional input: locations of this run
 * @example <caption>One district, by its id or by a code of its identifiers</caption>
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
 * Maps org units to locations. A function gives the fields of each location. Ids, parents and the
 * mark come from the org unit. Names of siblings that Go.Data would refuse are made distinct and
 * reported.
 *
 * @public
 * @function
 * @param {ToLocation} toLocation - Org unit → name, synonyms, identifiers, active, geographicalLevelId, geoLocation, populationDensity
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
 * Writes the mapped locations to Go.Data's location tree: reads the existing locations once, makes
 * a plan and writes only the differences. It creates new locations through the hierarchical import,
 * with the ids of the org units. It deactivates, and never deletes, locations whose org unit is
 * closed or no longer exists. It restores locations that were deleted in Go.Data while DHIS2 still
 * has them. It does not change locations that were made by hand. A second run directly after the
 * first writes nothing.
 *
 * @public
 * @function
 * @param {LargeChangeOption & OnRejectedOption} [options] - largeChange, onRejected
 * @returns {Operation}
 * @state {MappedLocationBatch} data - Input: locations. Output: `plan`, the tree of changes;
 * `undo`, what they were before
 * @state report - Under `upsert-locations`: created, updated, unchanged, deactivated, rejected
 * @state {OrgUnitCursor} cursor - Where the next run begins, when the tree has more, and the DHIS2 to
 * which the state belongs
 * @state more - Whether the tree has more
 * @state dryRun - Optional input: true stops after the plan
 * @state allowLargeChange - Optional input: true deactivates more than `largeChange` allows
 * @example
 * upsertLocations();
 */
export function upsertLocations(options: LargeChangeOption & OnRejectedOption = {}) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    refuseUnknownKeys('upsertLocations options', options, ['largeChange', 'onRejected']);
    const batch = state.data as MappedLocationBatch | undefined;
    if (!Array.isArray(batch?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'maps them');
    const { dryRun: isDry, allowLargeChange: _allowed, today, cursor, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const brake = readBrake(options, state, dryRun);
    const { closing: left = [] } = (cursor ?? {}) as OrgUnitCursor;
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, undo, closing, report } = await upsertBatch(client, batch, left, brake, planned =>
      keepPlanned(state, planned),
    );
    const next: OrgUnitCursor = {
      ...(batch.next ? { after: batch.next } : {}),
      ...(closing.length > 0 ? { closing } : {}),
      ...(batch.boundTo ? { boundTo: batch.boundTo } : {}),
    };
    const hasNext = Object.keys(next).length > 0;
    // A dry run wrote nothing, so the next run must begin at the same place.
    const place = dryRun ? cursor : hasNext ? next : undefined;
    // All parts of a tree use the same day.
    const going = batch.next && today !== undefined ? { today } : {};
    return finishWriting(
      state,
      { ...rest, ...going, ...(place ? { cursor: place } : {}), more: batch.next !== undefined },
      {
        step: 'upsert-locations',
        before: ['fetch-org-units', 'read-org-units', 'map-locations'],
        onRejected,
        data: { plan, undo },
        report,
      },
    );
  };
}

/**
 * Takes back what a run changed in Go.Data's locations, field by field, where it is still as that
 * run left it. Locations that the run created become inactive. What has changed since is left alone
 * and reported. `godata-dhis2 undo` uses it.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state undo - Input: the changes to take back, a table as a writing step leaves it in `data.undo`
 * @state data - Output: `plan`, the table of changes; `undo`, what they were before
 * @state report - Under `undo-locations`: updated, deactivated, unchanged, rejected, leftOut
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * undoLocations();
 */
export function undoLocations() {
  return async <S extends State>(state: S) => {
    const rows = undoRowsOf(state, 'location');
    const { dryRun: isDry, ...rest } = state;
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, undo, report } = await undoLocationRows(client, rows, readDryRun(isDry));
    return finishWriting(state, rest, {
      step: 'undo-locations',
      before: [],
      onRejected: 'report',
      data: { plan, undo },
      report,
    });
  };
}

/**
 * Makes a file for the import in Go.Data's user interface (Locations, import hierarchical), for
 * users without access to the server's API.
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
