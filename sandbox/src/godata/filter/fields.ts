import { notImplemented } from '../errors.js';
import type { JsonObject } from '../types.js';

/** Makes the answer's copy of a record. */
export type Projection = (record: JsonObject) => JsonObject;

/**
 * The projection of `fields`: a list, or an object of true (only these) or false (all but these)
 * (r163, r071). The field `hidden` is never answered: typed models hide `type` (FACTS §2.2).
 *
 * @throws ApiError 400 if the object mixes true and false, or a field is a path
 */
export function toProjection(fields: unknown, hidden: readonly string[] = []): Projection {
  const { only, without } = readFields(fields);
  const dropped = [...hidden, ...without];
  if (only.length > 0) {
    const kept = only.filter(name => !dropped.includes(name));
    return record => pick(record, kept);
  }
  if (dropped.length === 0) return record => record;
  return record => {
    const copy = { ...record };
    for (const name of dropped) delete copy[name];
    return copy;
  };
}

function pick(record: JsonObject, names: readonly string[]): JsonObject {
  const copy: JsonObject = {};
  for (const name of names) {
    if (record[name] !== undefined) copy[name] = record[name];
  }
  return copy;
}

function readFields(fields: unknown): { only: string[]; without: string[] } {
  const only: string[] = [];
  const without: string[] = [];
  if (Array.isArray(fields)) only.push(...fields.map(String));
  else if (typeof fields === 'string') only.push(fields);
  else {
    for (const [name, wanted] of Object.entries(fields ?? {})) (wanted ? only : without).push(name);
  }
  if (only.length > 0 && without.length > 0) throw notImplemented('"fields" with true and false');
  const path = [...only, ...without].find(name => name.includes('.'));
  if (path !== undefined) throw notImplemented(`the path "${path}" in "fields"`);
  return { only, without };
}
