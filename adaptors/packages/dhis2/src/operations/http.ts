import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { exchange, readMethod } from '../client/rest/any-request.js';
import { resolvePath } from '../client/rest/arguments.js';
import { accessOf, type RequestOptions, type RestRequest } from '../client/rest/request.js';
import { withResponse } from '../client/rest/response.js';

/** Options of a request. */
export interface HttpOptions extends RequestOptions {
  /** Body of the request, for `http.request`. */
  data?: unknown;
}

/**
 * Sends any request to DHIS2.
 *
 * @public
 * @function
 * @param {string} method - `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
 * @param {string} path - Path below the API
 * @param {object} [options] - `query`, `data`, `headers`, `parseAs` (`json`, `text`, `base64`), `apiVersion`
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer
 * @state response - Status and headers
 * @example
 * http.request('POST', 'maintenance/categoryOptionComboUpdate');
 */
export function request(
  method: Resolvable<string>,
  path: Resolvable<string>,
  options: Resolvable<HttpOptions> = {},
  callback?: Callback,
): Operation {
  return send(state => {
    const known = readMethod(resolveNested<unknown, State>(method, state));
    const resolved = resolveNested<HttpOptions, State>(options, state);
    return { ...resolved, method: known, path: resolvePath(path, state) };
  }, callback);
}

/**
 * Sends a GET request to DHIS2.
 *
 * @public
 * @function
 * @param {string} path - Path below the API
 * @param {object} [options] - `query`, `headers`, `parseAs` (`json`, `text`, `base64`), `apiVersion`
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer
 * @state response - Status and headers
 * @example
 * http.get('dataValueSets', { query: { dataSet: 'pBOMPrpg1QX', orgUnit: 'DiszpKrYNg8', period: '202601' } });
 */
export function get(
  path: Resolvable<string>,
  options: Resolvable<RequestOptions> = {},
  callback?: Callback,
): Operation {
  return request('GET', path, options, callback);
}

/**
 * Sends a POST request to DHIS2.
 *
 * @public
 * @function
 * @param {string} path - Path below the API
 * @param {object} data - Body: JSON, or a text that is sent as it is
 * @param {object} [options] - `query`, `headers`, `parseAs`, `apiVersion`
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer
 * @state response - Status and headers
 * @example
 * http.post('tracker', { events: $.data }, { query: { importStrategy: 'CREATE', async: false } });
 */
export function post(
  path: Resolvable<string>,
  data: Resolvable<unknown>,
  options: Resolvable<RequestOptions> = {},
  callback?: Callback,
): Operation {
  return send(
    state => ({
      ...resolveNested<RequestOptions, State>(options, state),
      method: 'POST',
      path: resolvePath(path, state),
      data: resolveNested<unknown, State>(data, state),
    }),
    callback,
  );
}

/**
 * Sends a PATCH request to DHIS2. It changes the given properties and leaves the others.
 *
 * @public
 * @function
 * @param {string} resourceType - `dataElements`, `organisationUnits`...
 * @param {string} path - Id of the object, or a path below it
 * @param {object} data - The changes. DHIS2 expects JSON Patch, with its content type
 * @param {object} [options] - `query`, `headers`, `parseAs`, `apiVersion`
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer
 * @state response - Status and headers
 * @example
 * http.patch('dataElements', 'FTRrcoaog83', [{ op: 'replace', path: '/name', value: 'New name' }], {
 *   headers: { 'content-type': 'application/json-patch+json' },
 * });
 */
export function patch(
  resourceType: Resolvable<string>,
  path: Resolvable<string>,
  data: Resolvable<unknown>,
  options: Resolvable<RequestOptions> = {},
  callback?: Callback,
): Operation {
  return send(
    state => ({
      ...resolveNested<RequestOptions, State>(options, state),
      method: 'PATCH',
      path: `${resolvePath(resourceType, state, 'resourceType')}/${resolvePath(path, state)}`,
      data: resolveNested<unknown, State>(data, state),
    }),
    callback,
  );
}

function send(toRequest: (state: State) => RestRequest, callback?: Callback): Operation {
  return async state => {
    const { sent, answer, body } = await exchange(accessOf(state), toRequest(state));
    return passOn(withResponse(state, sent, answer), body, callback);
  };
}
