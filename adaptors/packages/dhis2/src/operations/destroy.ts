import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { resolvePath } from '../client/rest/arguments.js';
import { accessOf } from '../client/rest/request.js';
import { ID_OF, isTrackerKind, type TrackerObject } from '../tracker/import/payload.js';
import { type WritingOptions, writeRest, writeTracker } from './write.js';

/**
 * Deletes an object. Tracker objects are deleted by an import; DHIS2 never accepts their ids again.
 *
 * @public
 * @function
 * @param {string} resourceType - `organisationUnits`, `trackedEntities`...
 * @param {string} path - Id of the object, or a path below it
 * @param {object} [data] - Body: the objects to remove from a collection, or tracker objects with
 * their ids
 * @param {object} [options] - `query`, `headers`, `parseAs`, `apiVersion`; `onRejected` for
 * tracker objects
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2
 * @example
 * destroy('trackedEntities', 'LcRd6Nyaq7T');
 */
export function destroy(
  resourceType: Resolvable<string>,
  path: Resolvable<string>,
  data: Resolvable<object> | null = null,
  options: Resolvable<WritingOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const resource = resolvePath(resourceType, state, 'resourceType');
    const body = resolveNested<unknown, State>(data, state) ?? undefined;
    const resolved = resolveNested<WritingOptions, State>(options, state);
    const access = accessOf(state);
    if (isTrackerKind(resource)) {
      const objects = (body as TrackerObject | TrackerObject[] | undefined) ?? {
        [ID_OF[resource]]: resolvePath(path, state),
      };
      const written = await writeTracker(state, access, 'DELETE', [resource, objects], resolved);
      return passOn(written.state, written.data, callback);
    }
    const answer = await writeRest(access, {
      ...resolved,
      method: 'DELETE',
      path: `${resource}/${resolvePath(path, state)}`,
      data: body,
    });
    return passOn(state, answer.body, callback);
  };
}
