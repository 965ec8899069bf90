import { isJsonObject, splitPath } from '#common/http/index.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { readRest } from './read.js';
import type { RestAccess, RestRequest } from './request.js';

type Unit = Record<string, unknown>;

/** Number of ids in one URL: proxies limit its length. */
const MAX_IDS = 400;

/**
 * Refuses an update that would move org units to the root of the tree. DHIS2 makes an org unit
 * without a parent a root, with everything below it (dhis2 LIVE 241, recordings 092 and 093), in a
 * metadata import too. Allowed are org units that are roots already, org units with `parent: null`,
 * and new ones.
 *
 * @throws IntegrationError `PARENT_MISSING` (configuration)
 */
export async function keepPlace(access: RestAccess, request: RestRequest): Promise<void> {
  const ids = replacedWithoutParent(request);
  const { headers, apiVersion } = request;
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    const filter = `id:in:[${ids.slice(from, from + MAX_IDS).join(',')}]`;
    const query = { filter, fields: 'id,parent[id]', paging: false };
    const { data } = await readRest(access, 'organisationUnits', query, { headers, apiVersion });
    const { organisationUnits = [] } = (data ?? {}) as { organisationUnits?: Unit[] };
    const moved = organisationUnits.find(({ parent }) => parent);
    if (moved) throw parentMissing(String(moved.id));
  }
}

/** Ids of the org units that a request replaces without giving a parent. */
function replacedWithoutParent({ method, path: given, data, query = {} }: RestRequest): string[] {
  const { path, query: inPath } = splitPath(given);
  const body = typeof data === 'string' ? parse(data) : data;
  if (!isJsonObject(body)) return [];
  if (method === 'PUT') {
    const [, id] = /^\/?organisationUnits\/([^/.]+)(?:\.json)?\/?$/.exec(path) ?? [];
    return id === undefined || hasPlace(body) ? [] : [id];
  }
  if (method !== 'POST' || !/^\/?metadata(\.json)?\/?$/.test(path)) return [];
  const { importMode, importStrategy, dryRun } = { ...inPath, ...query } as Unit;
  if (String(importMode) === 'VALIDATE' || String(dryRun) === 'true') return [];
  if (['CREATE', 'DELETE'].includes(String(importStrategy))) return [];
  const units = Array.isArray(body.organisationUnits) ? body.organisationUnits : [];
  return units.flatMap(unit =>
    isJsonObject(unit) && typeof unit.id === 'string' && !hasPlace(unit) ? [unit.id] : [],
  );
}

/** Whether an org unit names a parent or says that it has none. */
function hasPlace({ parent }: Unit): boolean {
  if (!isJsonObject(parent)) return parent === null;
  return [parent.id, parent.code].some(key => typeof key === 'string' && key !== '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parentMissing(id: string): IntegrationError {
  return configurationError(
    'PARENT_MISSING',
    `The request replaces org unit ${id} and gives no parent. DHIS2 would make it a root of the tree, and remove its code, geometry, closing date and other properties that are not given.`,
    {
      fix: "Give the whole org unit with its parent (parent: null makes it a root). To change only some properties, use http.patch('organisationUnits', id, [{ op: 'add', path: '/name', value: '...' }], { headers: { 'content-type': 'application/json-patch+json' } }).",
      details: { system: 'DHIS2', id },
    },
  );
}
