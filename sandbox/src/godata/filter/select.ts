import { byCodeUnit, type Rows } from '../store/collection.js';
import type { GoDataRecord, JsonObject } from '../types.js';
import { comparator, isByIdUpwards, type OrderPart, readOrder } from './order.js';
import type { Filter } from './parse-filter.js';
import { type Predicate, whereToPredicate } from './where.js';

/**
 * The records that a filter selects. If the order is by id, it reads the index from the lowest id
 * that can match and stops at the limit; any other order reads everything and sorts.
 *
 * @param defaultOrder used if the filter has none; records that it does not distinguish are in the
 * order of their ids
 */
export function select<T extends GoDataRecord>(
  rows: Rows<T>,
  filter: Filter,
  defaultOrder: readonly OrderPart[],
): T[] {
  const order = filter.order.length > 0 ? readOrder(filter.order) : defaultOrder;
  const matches = predicateOf(filter);
  const start = lowestId(filter.where);
  const end = filter.limit === undefined ? Number.POSITIVE_INFINITY : filter.skip + filter.limit;
  if (isByIdUpwards(order)) {
    if (!rows.skip || filter.skip === 0 || !isOnlyById(filter))
      return take(rows.after(start), matches, end).slice(filter.skip);
    const from = rows.skip(start, filter.skip);
    return from === undefined ? [] : take(rows.after(from), matches, end - filter.skip);
  }
  const all = take(rows.after(start), matches, Number.POSITIVE_INFINITY);
  return all.sort(comparator(order)).slice(filter.skip, end);
}

/** How many records a filter selects, regardless of its limit. */
export function count(rows: Rows, filter: Filter): number {
  const matches = predicateOf(filter);
  let number = 0;
  for (const record of rows.after(lowestId(filter.where))) if (matches(record)) number += 1;
  return number;
}

function predicateOf({ where, deleted, ids }: Filter): Predicate {
  const matches = whereToPredicate(where, deleted);
  return ids ? record => ids.has((record as GoDataRecord).id) && matches(record) : matches;
}

function take<T>(rows: Iterable<T>, matches: Predicate, most: number): T[] {
  const taken: T[] = [];
  for (const record of rows) {
    if (!matches(record)) continue;
    taken.push(record);
    if (taken.length >= most) break;
  }
  return taken;
}

/** Whether a filter selects everything above an id, except what is deleted. */
function isOnlyById({ where, deleted, ids }: Filter): boolean {
  const [condition, ...others] = Object.entries(where);
  if (deleted || ids || others.length > 0) return false;
  if (condition === undefined) return true;
  const [key, bound] = condition as [string, JsonObject];
  return key === 'id' && Object.keys(bound).join() === 'gt' && typeof bound.gt === 'string';
}

/** The id above which a filter selects all records, if it has one: the key of keyset paging. */
function lowestId(where: JsonObject): string | undefined {
  const bounds: unknown[] = [];
  for (const [key, condition] of Object.entries(where)) {
    if (key === 'and' || key === '$and') {
      for (const part of condition as JsonObject[]) bounds.push(lowestId(part));
    } else if (key === 'id' || key === '_id') {
      const { gt, $gt } = (condition ?? {}) as JsonObject;
      bounds.push(gt, $gt);
    }
  }
  const ids = bounds.filter(bound => typeof bound === 'string');
  return ids.sort(byCodeUnit).at(-1);
}
