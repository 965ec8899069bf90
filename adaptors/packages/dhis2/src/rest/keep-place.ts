import { configurationError } from '../../../../common/src/errors.js';
import { isJsonObject } from '../../../../common/src/http/index.js';
import { readRest } from './read.js';
import type { RestAccess, RestRequest } from './request.js';

/**
 * Refuses a replacement of an org unit that would move it to the top of the tree: DHIS2 takes one without a
 * parent for a root, with everything below it (dhis2 LIVE 241, recordings 092 and 093). One that is at the
 * top, and one whose parent is null, go on.
 *
 * @throws IntegrationError `PARENT_MISSING` (configuration)
 */
export async function keepPlace(access: RestAccess, request: RestRequest): Promise<void> {
  const { method, path, data, headers, apiVersion } = request;
  const [, id] = /^\/?organisationUnits\/([^/?]+)\/?(?:\?|$)/.exec(path) ?? [];
  if (method !== 'PUT' || id === undefined || !isJsonObject(data) || 'parent' in data) return;
  const place = `organisationUnits/${id}`;
  const { data: now } = await readRest(
    access,
    place,
    { fields: 'id,parent[id]' },
    { headers, apiVersion },
  );
  if (!isJsonObject(now) || !now.parent) return;
  throw configurationError(
    'PARENT_MISSING',
    `The org unit ${id} is replaced by one without a parent: DHIS2 would make it a root of the tree, and drop its code, geometry, closing date and whatever else is not given.`,
    {
      fix: "Give the whole org unit, parent included (parent: null makes it a root). To change some properties only, use http.patch('organisationUnits', id, [{ op: 'add', path: '/name', value: '...' }], { headers: { 'content-type': 'application/json-patch+json' } }).",
      details: { system: 'DHIS2', id },
    },
  );
}
