import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { requirePath, resolvePath } from '../client/rest/arguments.js';
import { accessOf } from '../client/rest/request.js';
import { ID_OF, isTrackerKind, type Kind, type TrackerObject } from '../tracker/import/payload.js';
import { type WritingOptions, writeRest, writeTracker } from './write.js';

/**
 * Replaces an object: give all its properties. DHIS2 removes those that are not given. An org unit
 * without `parent` is refused (`PARENT_MISSING`) unless it is a root already: DHIS2 would make it a
 * root. Tracker objects keep the attributes and values that are not given.
 *
 * @public
 * @function
 * @param {string} resourceType - `dataElements`, `organisationUnits`, `events`...
 * @param {string} path - Id of the object, or a path below it; may be empty for tracker objects
 * that have their id in the data
 * @param {object} data - The object
 * @param {object} [options] - `query`, `headers`, `parseAs`, `apiVersion`; `onRejected` for
 * tracker objects
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2
 * @state report - Under `tracker-import`, if something was not stored
 * @example
 * update('dataElements', 'FTRrcoaog83', { ...$.data, shortName: 'Para' });
 */
export function update(
  resourceType: Resolvable<string>,
  path: Resolvable<string>,
  data: Resolvable<object>,
  options: Resolvable<WritingOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const resource = resolvePath(resourceType, state, 'resourceType');
    const id = resolveNested<unknown, State>(path, state);
    const body = resolveNested<unknown, State>(data, state);
    const resolved = resolveNested<WritingOptions, State>(options, state);
    const access = accessOf(state);
    if (isTrackerKind(resource)) {
      const object = withId(resource, id, body as TrackerObject | TrackerObject[]);
      const written = await writeTracker(state, access, 'UPDATE', [resource, object], resolved);
      return passOn(written.state, written.data, callback);
    }
    const place = `${resource}/${requirePath(id)}`;
    const answer = await writeRest(access, { ...resolved, method: 'PUT', path: place, data: body });
    return passOn(state, answer.body, callback);
  };
}

/** Adds the id to the object: an import reads it only there. */
function withId(
  kind: Kind,
  id: unknown,
  data: TrackerObject | TrackerObject[],
): TrackerObject | TrackerObject[] {
  if (!id || Array.isArray(data)) return data;
  return { ...data, [ID_OF[kind]]: data[ID_OF[kind]] ?? id };
}
