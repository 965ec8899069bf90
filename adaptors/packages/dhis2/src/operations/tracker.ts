import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import { type OnRejected, readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { resolvePath } from '../client/rest/arguments.js';
import { type AllPages, readRest } from '../client/rest/read.js';
import { toRehearsal } from '../client/rest/rehearsal.js';
import { accessOf, type RequestOptions } from '../client/rest/request.js';
import { withResponse } from '../client/rest/response.js';
import { importTracker } from '../tracker/import/import.js';
import { reportImport } from '../tracker/import/outcome.js';
import { readStrategy, type Strategy, type TrackerPayload } from '../tracker/import/payload.js';

/** Every other key is a parameter of the import: `atomicMode`, `importMode`, `idScheme`... */
export interface TrackerImportOptions extends Pick<RequestOptions, 'apiVersion'> {
  /** Import in the background on the server. The operation still waits for the report. Default false. */
  async?: boolean;
  /** Objects in a request, nested ones counted. Default 500; with `atomicMode: 'ALL'` all in one request. */
  chunkSize?: number;
  /** What refused objects do to the step, if DHIS2 stores others. Default `report`. */
  onRejected?: OnRejected;
  [parameter: string]: unknown;
}

/**
 * Imports objects into the tracker. Large payloads are sent in parts, and their reports joined. The
 * step fails if nothing is stored. If only some objects are stored, the report lists the others,
 * and DHIS2's warnings.
 *
 * @public
 * @function
 * @param {string} strategy - `CREATE`, `UPDATE`, `CREATE_AND_UPDATE` or `DELETE`
 * @param {object} payload - `trackedEntities`, `enrollments`, `events`, `relationships`
 * @param {object} [options] - `async`, `chunkSize`, `onRejected`, and parameters of the import
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The import report of DHIS2
 * @state response - Status and headers
 * @state report - Under `tracker-import`, if objects were refused (`rejected`) or have a warning
 * (`adjusted`)
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
      onRejected: given,
      // The report is always JSON: `parseAs` is not a parameter of the import.
      parseAs: _parseAs,
      ...parameters
    } = resolveNested<TrackerImportOptions, State>(options, state);
    const onRejected = readOnRejected({ onRejected: given });
    const query = toRehearsal('tracker', parameters);
    const objects = resolveNested<TrackerPayload, State>(payload, state);
    const {
      report,
      answer,
      query: sent,
    } = await importTracker(
      accessOf(state),
      readStrategy(resolveNested<unknown, State>(strategy, state)),
      objects,
      { async: inBackground, chunkSize, apiVersion, query },
    );
    const reported = reportImport(state, objects, report, query, onRejected);
    return passOn(
      withResponse(reported, { method: 'POST', path: '/tracker', query: sent }, answer),
      report,
      callback,
    );
  };
}

/**
 * Reads from the tracker: one page, or all pages with `allPages`.
 *
 * @public
 * @function
 * @param {string} path - Path below `tracker`: `trackedEntities`, `events/<id>`...
 * @param {object} [query] - Parameters
 * @param {object} [options] - `allPages`, `parseAs`, `apiVersion`
 * @param {function} [callback] - Called with the next state
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
