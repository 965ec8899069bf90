import { readBoundTo } from '#common/binding/read-bound-to.js';
import { readBrake } from '#common/brake/large-change.js';
import type { FetchedLocationBatch } from '#common/handover/fetched-location-batch.js';
import type { OrgUnitCursor } from '#common/handover/fetched-org-unit-batch.js';
import type { MappedOrgUnitBatch } from '#common/handover/mapped-org-unit-batch.js';
import { resolve } from '#common/operations/options.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { finishWriting } from '#common/reporting/finish-writing.js';
import { nextState } from '#common/reporting/next-state.js';
import { readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { keepPlanned } from '#common/reporting/undo-table.js';
import { undoRowsOf } from '#common/undo/rows-of.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { fetchBatch } from './fetch/fetch-org-units.js';
import { type FetchOrgUnitsOptions, resolveFetch } from './fetch/options.js';
import {
  type ParseOrgUnitsOptions,
  parseOrgUnits as parseOrgUnitList,
} from './file/parse-org-units.js';
import { mapBatch, type ToOrgUnit } from './map/map-batch.js';
import { type MapOrgUnitsOptions, readMapOptions as readMapOrgUnits } from './map/options.js';
import { undoOrgUnitRows } from './undo-org-units.js';
import { upsertBatch as upsertOrgUnitBatch } from './upsert-batch.js';
import {
  readUpsertOptions as readUpsertOrgUnitsOptions,
  type UpsertOrgUnitsOptions,
} from './upsert-options.js';

/**
 * Reads the org unit tree, or a bounded part of it: parents before children, and all children of a
 * parent together. Each geometry is reduced to one point at once, so geometries never get into the
 * state.
 *
 * @public
 * @function
 * @param {FetchOrgUnitsOptions} [options] - roots, level, pageSize, batchSize
 * @returns {Operation}
 * @state {FetchedOrgUnitBatch} data - The org units; `next` when there are more
 * @state report - Under `fetch-org-units`: read, adjusted (broken coordinates), rejected
 * @state {OrgUnitCursor} cursor - Optional input: where an earlier run ended, and with which DHIS2.
 * Another one stops the run (`FOREIGN_STATE`)
 * @state batchSize - Optional input: org units of this run
 * @state today - Optional input, `yyyy-MM-dd`: the day that decides which org units are closed
 * @example <caption>Two regions, down to the facilities</caption>
 * fetchOrgUnits({ roots: ['O6uvpzGd5pu', 'OU_BO'], level: 4 });
 */
export function fetchOrgUnits(options: FetchOrgUnitsOptions = {}) {
  return async <S extends State>(state: S) => {
    const resolved = resolveFetch(options, state);
    const { after, boundTo } = (state.cursor ?? {}) as OrgUnitCursor;
    const former = readBoundTo('cursor.boundTo', boundTo);
    const today = typeof state.today === 'string' ? state.today : undefined;
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { batch, report } = await fetchBatch(client, resolved, { after, boundTo: former }, today);
    return nextState(state, 'fetch-org-units', batch, report);
  };
}

/**
 * Reads org units from a file: an answer of DHIS2's API, in `state.data`. For users who have such
 * an answer but no access to the server.
 *
 * @public
 * @function
 * @param {ParseOrgUnitsOptions} [options] - rootLevel or roots; default: the highest level of the
 * file
 * @returns {Operation}
 * @state {FetchedOrgUnitBatch} data - Input: `{ organisationUnits: [...] }`. Output: the org units
 * @state report - Under `read-org-units`: read, rejected, adjusted
 * @example
 * parseOrgUnits({ rootLevel: 3 });
 */
export function parseOrgUnits(
  options: ParseOrgUnitsOptions | ((state: State) => ParseOrgUnitsOptions) = {},
) {
  return <S extends State>(state: S) => {
    const today =
      typeof state.today === 'string' ? state.today : new Date().toISOString().slice(0, 10);
    const { batch, report } = parseOrgUnitList(state.data, resolve(options, state), today);
    return nextState(state, 'read-org-units', batch, report);
  };
}

/**
 * Maps locations to org units. A function gives the properties of each org unit. UIDs and parents
 * come from the locations, so that each run finds the org units of earlier runs. Texts that are too
 * long for DHIS2 are cut, and reported when they are written.
 *
 * @public
 * @function
 * @param {ToOrgUnit} toOrgUnit - Location → name, shortName, code, point, closed
 * @param {MapOrgUnitsOptions} [options] - owner, whenDeleted, openingDate, under, link, mark,
 * server
 * @returns {Operation}
 * @state {MappedOrgUnitBatch} data - Input: locations. Output: org units
 * @state report - Under `map-org-units`: read, rejected
 * @example <caption>New org units go below the district office of the outbreak</caption>
 * mapOrgUnits(
 *   location => ({ name: location.name, point: location.point, closed: !location.active }),
 *   { under: 'OU_BO' },
 * );
 */
export function mapOrgUnits(toOrgUnit: ToOrgUnit, options: MapOrgUnitsOptions = {}) {
  return <S extends State>(state: S) => {
    const read = readMapOrgUnits(options);
    const fetched = state.data as FetchedLocationBatch | undefined;
    if (!Array.isArray(fetched?.locations))
      throw noInput('NO_LOCATIONS', 'locations', 'fetches them');
    const { batch, report } = mapBatch(fetched, toOrgUnit, read);
    return nextState(state, 'map-org-units', batch, report);
  };
}

/**
 * Writes the mapped org units to DHIS2: reads the existing org units, makes a plan and writes only
 * the differences, one property at a time, so that other properties do not change. It creates
 * parents before children. It closes, and never deletes, org units whose location is not active. It
 * does not change org units that do not come from Go.Data, unless the mapping says that Go.Data
 * owns them. A second run directly after the first writes nothing.
 *
 * @public
 * @function
 * @param {UpsertOrgUnitsOptions} [options] - maxWrites, largeChange, onRejected
 * @returns {Operation}
 * @state {MappedOrgUnitBatch} data - Input: org units. Output: `plan`, the tree of changes;
 * `undo`, what they were before
 * @state report - Under `upsert-org-units`: created, updated, unchanged, deactivated, rejected,
 * leftOut
 * @state cursor - Where the next run begins, when the tree has more
 * @state more - Whether there is more to do
 * @state dryRun - Optional input: true stops after the plan
 * @state allowLargeChange - Optional input: true closes more than `largeChange` allows
 * @state today - Optional input, `yyyy-MM-dd`: the closing date of org units, instead of the
 * server's current date
 * @example
 * upsertOrgUnits();
 */
export function upsertOrgUnits(options: UpsertOrgUnitsOptions = {}) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    const { maxWrites } = readUpsertOrgUnitsOptions(options);
    const batch = state.data as MappedOrgUnitBatch | undefined;
    if (!Array.isArray(batch?.orgUnits)) throw noInput('NO_ORG_UNITS', 'org units', 'maps them');
    const { dryRun: isDry, allowLargeChange: _allowed, today: given, cursor, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const brake = readBrake(options, state, dryRun);
    const today = typeof given === 'string' ? given : undefined;
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { plan, undo, isPartial, report } = await upsertOrgUnitBatch(
      client,
      batch,
      { brake, today, maxWrites },
      planned => keepPlanned(state, planned),
    );
    // The next run must begin at the same place when something was not written.
    const place = dryRun || isPartial ? cursor : batch.next && { after: batch.next };
    const more = batch.next !== undefined || isPartial;
    // All parts of a tree use the same day.
    const going = more && today !== undefined ? { today } : {};
    return finishWriting(
      state,
      { ...rest, ...going, ...(place ? { cursor: place } : {}), more },
      {
        step: 'upsert-org-units',
        before: ['fetch-locations', 'map-org-units'],
        onRejected,
        data: { plan, undo },
        report,
      },
    );
  };
}

/**
 * Takes back what a run changed in DHIS2's org units, property by property, where it is still as
 * that run left it. Org units that the run created are closed. What has changed since is left alone
 * and reported. `godata-dhis2 undo` uses it.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state undo - Input: the changes to take back, a table as a writing step leaves it in `data.undo`
 * @state data - Output: `plan`, the table of changes; `undo`, what they were before
 * @state report - Under `undo-org-units`: updated, deactivated, unchanged, rejected, leftOut
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * undoOrgUnits();
 */
export function undoOrgUnits() {
  return async <S extends State>(state: S) => {
    const rows = undoRowsOf(state, 'org unit');
    const { dryRun: isDry, ...rest } = state;
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { plan, undo, report } = await undoOrgUnitRows(client, rows, readDryRun(isDry));
    return finishWriting(state, rest, {
      step: 'undo-org-units',
      before: [],
      onRejected: 'report',
      data: { plan, undo },
      report,
    });
  };
}
