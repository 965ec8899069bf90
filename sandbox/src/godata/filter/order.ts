import { notImplemented } from '../errors.js';
import type { JsonObject } from '../types.js';

/** One part of an order, for example `["dbUpdatedAt", 1]`. */
export type OrderPart = readonly [path: string, direction: 1 | -1];

/**
 * Reads `order`: `"id ASC"`, `["dbUpdatedAt ASC", "id ASC"]`; without a direction, ascending.
 *
 * @throws ApiError 400 for any other form
 */
export function readOrder(order: readonly string[]): OrderPart[] {
  return order.map(part => {
    const match = /^\s*([\w.]+)(?:\s+(ASC|DESC))?\s*$/i.exec(String(part));
    if (!match) throw notImplemented(`the order "${part}"`);
    const path = match[1] === '_id' ? 'id' : (match[1] as string);
    return [path, match[2]?.toUpperCase() === 'DESC' ? -1 : 1];
  });
}

/** Whether the order is only by id, ascending: the order of the index. */
export function isByIdUpwards(order: readonly OrderPart[]): boolean {
  return order.length === 1 && order[0]?.[0] === 'id' && order[0][1] === 1;
}

/** Compares records as MongoDB does: missing or null first, then numbers, then text. */
export function comparator(order: readonly OrderPart[]): (a: JsonObject, b: JsonObject) => number {
  const parts = order.map(([path, direction]) => [path.split('.'), direction] as const);
  return (a, b) => {
    for (const [path, direction] of parts) {
      const difference = compareValues(valueAt(a, path), valueAt(b, path));
      if (difference !== 0) return difference * direction;
    }
    return 0;
  };
}

function valueAt(record: JsonObject, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const key of path) value = (value as JsonObject | null | undefined)?.[key];
  return value;
}

function compareValues(a: unknown, b: unknown): number {
  const byType = rank(a) - rank(b);
  if (byType !== 0 || rank(a) === 0) return byType;
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}

/** Order of the types in MongoDB, as far as JSON has them. */
function rank(value: unknown): number {
  if (value === null || value === undefined) return 0;
  return { number: 1, string: 2, object: 3, boolean: 4 }[typeof value as string] ?? 5;
}
