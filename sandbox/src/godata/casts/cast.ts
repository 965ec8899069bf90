import { ApiError } from '../errors.js';
import type { JsonObject } from '../types.js';
import { castDate } from './cast-date.js';
import {
  type CastModel,
  PROPERTY_TYPES,
  type PropertyType,
  type PropertyTypes,
} from './property-types.js';

/**
 * Converts a body as the server's models do: the constructors of LoopBack's property types, applied
 * to the JSON that was sent (loopback-datasource-juggler 3.36, `ModelBuilder` and `List`, on which
 * Go.Data 2.50.3 runs; r051). Undeclared properties stay as they are (r044), and null stays null.
 *
 * @throws ApiError 400 for a list property that is not a list
 */
export function castRecord(model: CastModel, body: JsonObject): JsonObject {
  return castProperties(PROPERTY_TYPES[model], body, 'Invalid Date');
}

/**
 * @param noDate value for a text that is not a date: at the top the validation sees it, below the
 * top it is lost
 */
function castProperties(
  types: PropertyTypes,
  given: JsonObject,
  noDate: string | null,
): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const type = Object.hasOwn(types, key) ? types[key] : undefined;
      return [key, type === undefined ? value : cast(type, value, noDate)];
    }),
  );
}

function cast(type: PropertyType, value: unknown, noDate: string | null): unknown {
  if (value === null || value === undefined) return value;
  if (type === 'text') return String(value);
  if (type === 'number') return castNumber(value);
  if (type === 'flag') return castFlag(value);
  if (type === 'date') return castDate(value) ?? noDate;
  if ('object' in type) return castProperties(type.object, ownEntries(value), null);
  return castList(type.listOf, value);
}

/** A value that is not a number is stored as NaN, which JSON shows as null (r051). */
function castNumber(value: unknown): number | null {
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

function castFlag(value: unknown): boolean {
  return value !== 'false' && value !== '0' && Boolean(value);
}

function castList(type: PropertyType, value: unknown): unknown[] {
  const list = typeof value === 'string' ? parseList(value) : value;
  if (!Array.isArray(list))
    throw new ApiError(400, `Items must be an array: ${JSON.stringify(list)}`);
  return list.map(item => {
    if (typeof type === 'object') return Array.isArray(item) ? item : cast(type, item ?? {}, null);
    return item === null ? 'null' : cast(type, item, null);
  });
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, `could not create List from JSON string: ${JSON.stringify(text)}`);
  }
}

/**
 * A model built from a value that is not an object gets what a loop over the value finds: the
 * characters of a text.
 */
function ownEntries(value: unknown): JsonObject {
  return { ...(value as object) };
}
