import type { Filter } from './filter.js';

/** Which records to read: a Go.Data filter, and the number of records in one request. */
export interface RecordQuery extends Filter {
  /** Default 1000 (godata FACTS §7). */
  pageSize?: number;
  /** About how many records match. The requests for several pages are then sent side by side. */
  expected?: number;
}

const PAGE_SIZE = 1000;

/** A query, ready to send. */
export interface ResolvedQuery {
  filter: Filter;
  pageSize: number;
  expected?: number;
  /** Whether the query has its own order or limits. It is then sent as one request, unchanged. */
  isPart: boolean;
}

/**
 * Completes a query. Paging needs the id, and a record without `deleted` shows a missing
 * permission.
 */
export function resolveQuery({
  pageSize = PAGE_SIZE,
  expected,
  ...given
}: RecordQuery): ResolvedQuery {
  const { order, limit, skip, fields } = given;
  const isPart = order !== undefined || limit !== undefined || skip !== undefined;
  const paged = { pageSize, ...(expected === undefined ? {} : { expected }) };
  return { filter: { ...given, fields: withId(fields) }, ...paged, isPart };
}

const ALWAYS = ['id', 'deleted'];

function withId(fields: Filter['fields']): Filter['fields'] {
  if (fields === undefined) return undefined;
  if (Array.isArray(fields)) return fields.length > 0 ? [...new Set([...fields, ...ALWAYS])] : [];
  const entries = Object.entries(fields).filter(([name]) => !ALWAYS.includes(name));
  const names = entries.filter(([, wanted]) => wanted).map(([name]) => name);
  return names.length > 0 ? [...names, ...ALWAYS] : Object.fromEntries(entries);
}
