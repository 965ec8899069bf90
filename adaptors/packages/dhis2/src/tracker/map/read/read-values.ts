import type { MappedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import { isUid } from '#common/identity/uid.js';
import { dayOf, utcDayNumber } from '#common/periods/index.js';
import { badMapping } from '../bad-mapping.js';
import type { Reading } from './reading.js';

/** A day as Go.Data stores it: its midnight in UTC (godata FACTS §5.7). */
const STORED_DAY = /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/;

/**
 * Reads values by the id of their attribute or data element. Undefined values are omitted: DHIS2
 * keeps its own.
 *
 * @param path the object's name in errors: `attributes`, or the id of a stage
 * @throws IntegrationError `BAD_MAPPING` (configuration) for something that is not an id, or not a
 * value
 */
export function readValues(
  given: unknown,
  path: string,
  reading: Reading,
): Record<string, MappedValue> {
  const values: Record<string, MappedValue> = {};
  for (const [id, value] of Object.entries(readObject(given ?? {}, path))) {
    if (!isUid(id)) {
      throw badMapping(
        `gives "${id}" for ${path}, which is not an id`,
        'Ids of attributes and data elements are a letter and ten letters or digits.',
      );
    }
    if (value !== undefined) values[id] = readValue(value, `${path}.${id}`, reading);
  }
  return values;
}

function readValue(value: unknown, path: string, { isCoded }: Reading): MappedValue {
  if (value === null || isCoded(value)) return value;
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') {
    throw wrongType(path, 'a text, a number, true, false, null, or the result of code(...)', value);
  }
  const text = value.trim();
  return (STORED_DAY.test(text) ? text.slice(0, 10) : text) || null;
}

/**
 * Reads a day; for a date with a time, its day in UTC. Undefined if there is none.
 *
 * @param field name of the field for faults
 */
export function readDay(
  value: unknown,
  path: string,
  field: string,
  reading: Reading,
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw wrongType(path, 'a day as a text, yyyy-MM-dd', value);
  const number = utcDayNumber(value.trim());
  if (number !== undefined) return dayOf(number);
  reading.omitted.push({ code: 'INVALID_DATE', field });
  return undefined;
}

/** Reads a text; undefined if there is none. */
export function readText(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(path, 'a text', value);
  return value.trim() || undefined;
}

/** Checks that a value is an object, and that it has only known keys, if they are given. */
export function readObject(
  value: unknown,
  path: string,
  known?: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(path, 'an object', value);
  }
  const unknown = Object.keys(value).filter(key => known && !known.includes(key));
  if (unknown.length === 0) return value as Record<string, unknown>;
  throw badMapping(
    `gives ${unknown.map(key => `"${key}"`).join(', ')} for ${path} which is not known`,
    `Use one of: ${known!.join(', ')}.`,
  );
}

/** An error about a value of the wrong type. It does not repeat the value, which is personal data. */
export function wrongType(path: string, expected: string, value: unknown) {
  const actual =
    value === undefined || value === null
      ? String(value)
      : Array.isArray(value)
        ? 'a list'
        : value instanceof Date
          ? 'a Date'
          : `of type ${typeof value}`;
  return badMapping(`must give ${expected} for ${path}; it is ${actual}`);
}
