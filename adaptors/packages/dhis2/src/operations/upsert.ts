import { unexpectedAnswer } from '#common/http/index.js';
import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { State } from '#common/reporting/report.js';
import { resolvePath } from '../client/rest/arguments.js';
import { readRest } from '../client/rest/read.js';
import { withoutGaps } from '../client/rest/read-all-pages.js';
import { accessOf, type RequestOptions, type RestAccess } from '../client/rest/request.js';
import { ID_OF, isTrackerKind, type Kind, type TrackerObject } from '../tracker/import/payload.js';
import { type WritingOptions, writeRest, writeTracker } from './write.js';

type Query = Record<string, unknown>;

/** The tracker API that was removed after 2.41 (dhis2 FACTS §4.2). */
const OLD_TRACKER_IDS: Record<string, string> = { trackedEntityInstances: 'trackedEntityInstance' };

/**
 * Updates the object that a query finds, or creates it.
 *
 * Tracker objects with their id in the data need no query. For one without id, the query finds the
 * object first.
 *
 * @public
 * @function
 * @param {string} resourceType - `dataElements`, `trackedEntities`...
 * @param {object} query - Parameters that find the object: `{ filter: 'code:eq:X' }`
 * @param {object} data - The whole object
 * @param {object} [options] - `query`, `headers`, `parseAs`, `apiVersion`; `onRejected` for
 * tracker objects
 * @param {function} [callback] - Called with the next state
 * @returns {Operation}
 * @state data - The answer of DHIS2
 * @state report - Under `tracker-import`, if something was not stored
 * @example
 * upsert('dataElements', { filter: 'code:eq:CASES' }, $.data);
 */
export function upsert(
  resourceType: Resolvable<string>,
  query: Resolvable<Query>,
  data: Resolvable<object>,
  options: Resolvable<WritingOptions> = {},
  callback?: Callback,
): Operation {
  return async state => {
    const resource = resolvePath(resourceType, state, 'resourceType');
    const asked = resolveNested<Query, State>(query, state) ?? {};
    const body = resolveNested<unknown, State>(data, state);
    const resolved = resolveNested<WritingOptions, State>(options, state);
    const access = accessOf(state);
    if (isTrackerKind(resource)) {
      const objects = body as TrackerObject | TrackerObject[];
      const object = await withFoundId(access, resource, asked, objects, resolved);
      const written = await writeTracker(
        state,
        access,
        'CREATE_AND_UPDATE',
        [resource, object],
        resolved,
      );
      return passOn(written.state, written.data, callback);
    }
    if (Object.keys(asked).length === 0) {
      throw badOption('query', 'must not be empty: it would match every object');
    }
    const names = { list: resource, id: OLD_TRACKER_IDS[resource] ?? 'id' };
    const id = await findOne(access, resource, names, withoutGaps(asked), resolved);
    const answer = await writeRest(access, {
      ...resolved,
      method: id === undefined ? 'POST' : 'PUT',
      path: id === undefined ? resource : `${resource}/${id}`,
      data: body,
    });
    return passOn(state, answer.body, callback);
  };
}

async function withFoundId(
  access: RestAccess,
  kind: Kind,
  query: Query,
  data: TrackerObject | TrackerObject[],
  options: RequestOptions,
): Promise<TrackerObject | TrackerObject[]> {
  const key = ID_OF[kind];
  if (Array.isArray(data) || data[key] || Object.keys(query).length === 0) return data;
  const id = await findOne(access, `tracker/${kind}`, { list: kind, id: key }, query, options);
  return id === undefined ? data : { ...data, [key]: id };
}

/** @throws IntegrationError `AMBIGUOUS_RECORD` (configuration) when several match */
async function findOne(
  access: RestAccess,
  path: string,
  names: { list: string; id: string },
  query: Query,
  { apiVersion, headers }: RequestOptions,
): Promise<string | undefined> {
  const { data } = await readRest(access, path, query, { apiVersion, headers });
  const body = (data ?? {}) as Record<string, unknown>;
  // The name of tracker lists up to 2.40 (dhis2 FACTS §4.2).
  const list = body[names.list] ?? body.instances;
  if (!Array.isArray(list)) {
    throw unexpectedAnswer('DHIS2', { method: 'GET', path: `/${path}` }, 'a list', data);
  }
  const ids = list.map(object => (object as Record<string, unknown>)[names.id]);
  if (ids.length > 1) throw ambiguous(path, ids);
  if (ids.length === 0) return undefined;
  if (!['string', 'number'].includes(typeof ids[0])) throw withoutId(path, names.id);
  return String(ids[0]);
}

/** The message is that of the published adaptor, by which jobs and their tests know this case. */
function ambiguous(path: string, ids: unknown[]): IntegrationError {
  return configurationError(
    'AMBIGUOUS_RECORD',
    '409: Upsert failed: Multiple records found for a non-unique attribute.',
    {
      fix: `Nothing was written. The query finds ${ids.length} objects in ${path}: change it so that it finds one, by an id, a code, or a unique attribute.`,
      details: { ids },
    },
  );
}

function withoutId(path: string, name: string): IntegrationError {
  return configurationError(
    'BAD_OPTION',
    `The query for ${path} does not request the ${name} of the objects.`,
    {
      fix: `Add ${name} to the fields of the query.`,
    },
  );
}
