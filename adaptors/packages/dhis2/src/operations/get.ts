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
import { accessOf, type RequestOptions } from '../client/rest/request.js';

/**
 * Reads from any resource of DHIS2. Of a list it reads one page, or all pages with `allPages`.
 *
 * @public
 * @function
 * @param {string} path - Path below the API: `organisationUnits`, `programs/<id>`...
 * @param {object} [params] - Parameters of the request
 * @param {object} [options] - `allPages`, `headers`, `parseAs`, `apiVersion`
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2; with `allPages` one answer with all records and no pager
 * @example <caption>The whole tree</caption>
 * get('organisationUnits', { fields: 'id,code,path', order: 'level:asc' }, { allPages: true });
 */
export function get(
  path: Resolvable<string>,
  params: Resolvable<Record<string, unknown>> = {},
  options: Resolvable<RequestOptions & AllPages> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const { data } = await readRest(
      accessOf(state),
      resolvePath(path, state),
      resolveNested<Record<string, unknown>, State>(params, state),
      resolveNested<RequestOptions & AllPages, State>(options, state),
    );
    return passOn(state, data, callback);
  };
}
