import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { resolvePath } from '../client/rest/arguments.js';
import { type AllPages, readRest } from '../client/rest/read.js';
import { toRehearsal } from '../client/rest/rehearsal.js';
import { accessOf, type RequestOptions } from '../client/rest/request.js';
import { withResponse } from '../client/rest/response.js';
import { importTracker } from '../tracker/import/import.js';
import { reportImport } from '../tracker/import/outcome.js';
import { readStrategy, type Strategy, type TrackerPayload } from '../tracker/import/payload.js';

/** All that is not named here is a parameter of the import: `atomicMode`, `importMode`, `idScheme`... */
export interface TrackerImportOptions extends Pick<RequestOptions, 'apiVersion'> {
  /** Let the server do it in the background; the report is waited for all the same. Default false. */
  async?: boolean;
  /** Objects a request, nested ones counted. Default 500; all at once with `atomicMode: 'ALL'`. */
  chunkSize?: number;
  [parameter: string]: unknown;
}

/**
 * Imports objects into the tracker. Large payloads go in parts; the reports of the parts become one.
 * If nothing is written the step fails; objects left out of an import that wrote others are in the
 * report, and so is what DHIS2 warns of.
 *
 * @public
 * @function
 * @param {string} strategy - `CREATE`, `UPDATE`, `CREATE_AND_UPDATE` or `DELETE`
 * @param {object} payload - `trackedEntities`, `enrollments`, `events`, `relationships`
 * @param {object} [options] - `async`, `chunkSize`, and parameters of the import
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state data - The import report of DHIS2
 * @state response - Status and headers
 * @state report - Under `tracker-import`, if objects were left out (`rejected`) or warned of (`adjusted`)
 * @example
 * tracker.import('CREATE_AND_UPDATE', { trackedEntities: $.data }, { atomicMode: 'OBJECT' });
 */
function importObjects(
  strategy: Resolvable<Strategy>,
  payload: Resolvable<TrackerPayload>,
  options: Resolvable<TrackerImportOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const {
      async: inBackground,
      chunkSize,
      apiVersion,
      // A report is always JSON; it is no parameter of the import.
      parseAs: _parseAs,
      ...parameters
    } = resolveNested<TrackerImportOptions, State>(options, state);
    const query = toRehearsal('tracker', parameters);
    const objects = resolveNested<TrackerPayload, State>(payload, state);
    const { report, answer } = await importTracker(
      accessOf(state),
      readStrategy(resolveNested<unknown, State>(strategy, state)),
      objects,
      { async: inBackground, chunkSize, apiVersion, query },
    );
    const reported = reportImport(state, objects, report, query);
    return passOn(
      withResponse(reported, { method: 'POST', path: '/tracker', query }, answer),
      report,
      callback,
    );
  };
}

/**
 * Reads from the tracker, one page or with `allPages` all of them.
 *
 * @public
 * @function
 * @param {string} path - Path below `tracker`: `trackedEntities`, `events/<id>`...
 * @param {object} [query] - Parameters
 * @param {object} [options] - `allPages`, `parseAs`, `apiVersion`
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2
 * @state response - Status and headers
 * @example
 * tracker.export('trackedEntities', { program: 'uYjxkTbwRNf', orgUnitMode: 'ACCESSIBLE' }, { allPages: true });
 */
function exportObjects(
  path: Resolvable<string>,
  query: Resolvable<Record<string, unknown>> = {},
  options: Resolvable<RequestOptions & AllPages> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const { data, request, answer } = await readRest(
      accessOf(state),
      `tracker/${resolvePath(path, state).replace(/^\/+/, '')}`,
      resolveNested<Record<string, unknown>, State>(query, state),
      resolveNested<RequestOptions & AllPages, State>(options, state),
    );
    return passOn(withResponse(state, request, answer), data, callback);
  };
}

export { exportObjects as export, importObjects as import };
