import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import type { OnRejectedOption } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { resolvePath } from '../client/rest/arguments.js';
import { accessOf } from '../client/rest/request.js';
import { importRegistrations } from '../data-values/payload/import-registrations.js';
import type { DataValueSet } from '../data-values/payload/payload-chunks.js';
import { isTrackerKind, type TrackerObject } from '../tracker/import/payload.js';
import { writeDataValues, writeRest, writeTracker } from './write.js';

/** Parameters of the request; `onRejected` is not sent. */
export interface CreateParams extends OnRejectedOption {
  [parameter: string]: unknown;
}

/**
 * Creates one object or several. Tracker objects, data values and registrations of completeness are
 * sent as an import. Of these, the report lists what DHIS2 refuses; the step fails if nothing is
 * stored.
 *
 * @public
 * @function
 * @param {string} path - Resource: `dataElements`, `trackedEntities`, `dataValueSets`...
 * @param {object} data - The object; for tracker objects also a list
 * @param {object} [params] - Parameters of the request. With `async: true` the operation waits for
 * the import; with `dryRun: true` nothing is stored (`metadata`, tracker objects, `dataValueSets`);
 * `onRejected: 'fail'` or `{ failAbove }` lets the step fail if DHIS2 refuses some of them
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2
 * @state report - Under `tracker-import`, `data-value-import` or `completeness-import`, if
 * something was not stored
 * @example
 * create('events', {
 *   program: 'eBAyeGv0exc',
 *   orgUnit: 'DiszpKrYNg8',
 *   occurredAt: dataValue('day'),
 *   status: 'COMPLETED',
 * });
 */
export function create(
  path: Resolvable<string>,
  data: Resolvable<object>,
  params: Resolvable<CreateParams> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const resource = resolvePath(path, state);
    if (resource === 'tracker') {
      throw badOption('path', 'must not be "tracker"', 'Use tracker.import() instead.');
    }
    const body = resolveNested<unknown, State>(data, state);
    const { onRejected, ...query } = resolveNested<CreateParams, State>(params, state);
    const options = { query, ...(onRejected === undefined ? {} : { onRejected }) };
    const access = accessOf(state);
    if (isTrackerKind(resource)) {
      const objects = body as TrackerObject | TrackerObject[];
      const written = await writeTracker(state, access, 'CREATE', [resource, objects], options);
      return passOn(written.state, written.data, callback);
    }
    if (resource === 'dataValueSets') {
      const written = await writeDataValues(state, access, body as DataValueSet, options);
      return passOn(written.state, written.data, callback);
    }
    if (resource === 'completeDataSetRegistrations') {
      const written = await importRegistrations(state, access, body, options);
      return passOn(written.state, written.answer.body, callback);
    }
    const answer = await writeRest(access, {
      method: 'POST',
      path: resource,
      data: body,
      ...options,
    });
    return passOn(state, answer.body, callback);
  };
}
