import type { Filter } from './filter.js';

/** What to read of a set of records: a Go.Data filter, and how many records a request brings. */
export interface RecordQuery extends Filter {
  /** Default 1000 (godata FACTS §7). */
  pageSize?: number;
}

const PAGE_SIZE = 1000;

/** A query as it is carried out. */
export interface ResolvedQuery {
  filter: Filter;
  pageSize: number;
  /** Asked for in an order or as a part: one request brings it, as it is. */
  isPart: boolean;
}

/** Completes a query: the id is needed to page by, `deleted` tells whether records are whole. */
export function resolveQuery({ pageSize = PAGE_SIZE, ...given }: RecordQuery): ResolvedQuery {
  const { order, limit, skip, fields } = given;
  const isPart = order !== undefined || limit !== undefined || skip !== undefined;
  return { filter: { ...given, fields: withId(fields) }, pageSize, isPart };
}

const ALWAYS = ['id', 'deleted'];

function withId(fields: Filter['fields']): Filter['fields'] {
  if (fields === undefined) return undefined;
  if (Array.isArray(fields)) return fields.length > 0 ? [...new Set([...fields, ...ALWAYS])] : [];
  const entries = Object.entries(fields).filter(([name]) => !ALWAYS.includes(name));
  const names = entries.filter(([, wanted]) => wanted).map(([name]) => name);
  return names.length > 0 ? [...names, ...ALWAYS] : Object.fromEntries(entries);
}
