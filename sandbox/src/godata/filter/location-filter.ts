import type { GoDataRecord, JsonObject } from '../types.js';

const SUFFIX = '.parentLocationIdFilter';

/**
 * Replaces `addresses.parentLocationIdFilter` by the location with everything below it
 * (godata FACTS §3, r248).
 */
export function expandLocations(where: JsonObject, locations: readonly GoDataRecord[]): JsonObject {
  if (!JSON.stringify(where).includes(SUFFIX)) return where;
  const expand = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(expand);
    if (node === null || typeof node !== 'object') return node;
    const entries = Object.entries(node).map(([key, value]) => {
      if (!key.endsWith(SUFFIX)) return [key, expand(value)] as const;
      const path = `${key.slice(0, -SUFFIX.length)}.locationId`;
      return [path, { inq: withDescendants(wantedIds(value), locations) }] as const;
    });
    return Object.fromEntries(entries);
  };
  return expand(where) as JsonObject;
}

/** The given ids and those of all locations below them. */
export function withDescendants(
  ids: readonly string[],
  locations: readonly GoDataRecord[],
): string[] {
  const found = new Set(ids);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { id, parentLocationId } of locations) {
      if (found.has(parentLocationId as string)) found.add(id);
    }
  }
  return [...found];
}

function wantedIds(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.map(String);
  const { inq, $in } = value as JsonObject;
  return [inq ?? $in ?? []].flat().map(String);
}
