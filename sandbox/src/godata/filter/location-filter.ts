import type { LocationStore } from '../store/locations.js';
import type { JsonObject } from '../types.js';

const SUFFIX = '.parentLocationIdFilter';

/**
 * Replaces `addresses.parentLocationIdFilter` by the location with everything below it
 * (godata FACTS §3, r248).
 */
export function expandLocations(where: JsonObject, locations: LocationStore): JsonObject {
  if (!JSON.stringify(where).includes(SUFFIX)) return where;
  const expand = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(expand);
    if (node === null || typeof node !== 'object') return node;
    const entries = Object.entries(node).map(([key, value]) => {
      if (!key.endsWith(SUFFIX)) return [key, expand(value)] as const;
      const path = `${key.slice(0, -SUFFIX.length)}.locationId`;
      return [path, { inq: locations.withDescendants(wantedIds(value)) }] as const;
    });
    return Object.fromEntries(entries);
  };
  return expand(where) as JsonObject;
}

function wantedIds(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.map(String);
  const { inq, $in } = value as JsonObject;
  return [inq ?? $in ?? []].flat().map(String);
}
