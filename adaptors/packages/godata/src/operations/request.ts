import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import type { RawRequest } from '../client/requests/raw-request.js';
import { resolveId } from './arguments.js';
import { clientOf } from './client-of.js';

/** The query and the body of a request. */
export type RequestOptions = Pick<RawRequest, 'query' | 'body'>;

/**
 * Sends any other request of the API, with the login of the step. It can write to an outbreak that
 * is not the active one.
 *
 * @public
 * @function
 * @param {string} method - `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
 * @param {string} path - Path below the API, with or without a leading slash
 * @param {object} [options] - `query`, whose objects are sent as JSON, and `body`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state data - The answer
 * @example
 * request('POST', `/outbreaks/3b5554d7-2c19-41d0-b9af-475ad25a382b/generate-followups`, {
 *   body: { startDate: '2026-03-01', endDate: '2026-03-14' },
 * });
 */
export function request(
  method: RawRequest['method'],
  path: Resolvable<string>,
  options: Resolvable<RequestOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const resolved = resolveNested<RequestOptions, State>(options, state);
    const data = await clientOf(state).request({
      method,
      path: resolveId('path', path, state),
      ...resolved,
    });
    return passOn(state, data, callback);
  };
}
