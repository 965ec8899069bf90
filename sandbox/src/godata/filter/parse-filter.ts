import { ApiError, notImplemented } from '../errors.js';
import type { JsonObject } from '../types.js';

/** A filter as the routes use it, its parts still in LoopBack's words (godata FACTS §3). */
export interface Filter {
  where: JsonObject;
  fields: unknown;
  order: readonly string[];
  /** Undefined means everything: absent, 0, negative or not a number (r178, r179). */
  limit: number | undefined;
  skip: number;
  /** Deleted records are part of the answer. */
  deleted: boolean;
  /** `flags.applyHasMoreLimit` of filtered-count. */
  applyHasMoreLimit: boolean;
  /** Relations to answer with each record. */
  include: readonly Include[];
  /** Only records with these ids, if they are already known. */
  ids?: ReadonlySet<string>;
}

/** A relation of a record, and the relations of what it leads to. */
export interface Include {
  relation: string;
  include: readonly Include[];
}

/** The relations that a route serves, each with those of its records. */
export interface Relations {
  [relation: string]: Relations;
}

const KNOWN = new Set([
  'where',
  'fields',
  'order',
  'limit',
  'skip',
  'offset',
  'deleted',
  'flags',
  'include',
]);

/**
 * Reads a filter from a query string: JSON in `filter`, or brackets (`filter[limit]=1`, r182).
 *
 * @param relations that the route can include
 * @throws ApiError 400 for what is not an object (r177), or for a part the sandbox lacks
 */
export function readQueryFilter(url: URL, relations: Relations = {}): Filter {
  const json = url.searchParams.get('filter');
  if (json !== null) return toFilter(parseObject(json), relations);
  return toFilter(readBrackets(url.searchParams, 'filter'), relations);
}

/** Reads `?where=` as a filter with nothing else, the form of the `/count` routes. */
export function readQueryWhere(url: URL): Filter {
  const json = url.searchParams.get('where');
  return toFilter({
    where: json === null ? readBrackets(url.searchParams, 'where') : parseObject(json),
  });
}

/** Reads the filter of a POST: `{"filter":{...}}`, as JSON or as a form (r183, r184). */
export function readBodyFilter(body: JsonObject, relations: Relations = {}): Filter {
  const { filter = {} } = body;
  return toFilter(typeof filter === 'string' ? parseObject(filter) : asObject(filter), relations);
}

function parseObject(json: string): JsonObject {
  try {
    return asObject(json.trim() === '' ? {} : JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) throw notAnObject();
    throw error;
  }
}

function asObject(value: unknown): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw notAnObject();
  return value as JsonObject;
}

/** r177 */
function notAnObject(): ApiError {
  return new ApiError(400, 'Value is not an object.');
}

/** `a[b][0]=x` as LoopBack's query parser reads it; whole numbers as keys make arrays. */
function readBrackets(query: URLSearchParams, name: string): JsonObject {
  const root: JsonObject = {};
  for (const [key, value] of query) {
    if (!key.startsWith(`${name}[`)) continue;
    const path = [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map(match => match[1] ?? '');
    let node = root;
    for (const part of path.slice(0, -1)) {
      node[part] ??= {};
      node = node[part] as JsonObject;
    }
    node[path.at(-1) ?? ''] = value;
  }
  return withArrays(root) as JsonObject;
}

function withArrays(node: unknown): unknown {
  if (node === null || typeof node !== 'object') return node;
  const entries = Object.entries(node).map(([key, value]) => [key, withArrays(value)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d*$/.test(key));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function toFilter(raw: JsonObject, relations: Relations = {}): Filter {
  const unknown = Object.keys(raw).find(key => !KNOWN.has(key));
  if (unknown !== undefined) throw notImplemented(`the filter key "${unknown}"`);
  return {
    where: asObject(raw.where ?? {}),
    fields: raw.fields,
    order: [raw.order ?? []].flat() as string[],
    limit: positive(raw.limit),
    skip: positive(raw.skip ?? raw.offset) ?? 0,
    deleted: raw.deleted === true || raw.deleted === 'true',
    applyHasMoreLimit: (raw.flags as JsonObject | undefined)?.applyHasMoreLimit === true,
    include: readInclude(raw.include, relations),
  };
}

/** `[{"relation":"relationships","scope":{"include":[...]}}]` (r118, r218), or only names. */
function readInclude(include: unknown, relations: Relations): Include[] {
  return [include ?? []].flat().map(one => {
    const {
      relation,
      scope = {},
      ...others
    } = typeof one === 'string' ? { relation: one } : asObject(one);
    const served = relations[String(relation)];
    if (served === undefined) throw notImplemented(`the relation "${relation}" in "include"`);
    const { include: inner, ...limits } = asObject(scope);
    const unknown = Object.keys({ ...others, ...limits })[0];
    if (unknown !== undefined) throw notImplemented(`"${unknown}" in "include"`);
    return { relation: String(relation), include: readInclude(inner, served) };
  });
}

/** A limit may be a text (r180). */
function positive(value: unknown): number | undefined {
  const number = Math.trunc(Number(value));
  return number > 0 ? number : undefined;
}
