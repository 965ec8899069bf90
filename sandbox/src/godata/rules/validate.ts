import { isDatePath, toInstant } from '../dates.js';
import { shownValue, type Violation } from '../errors.js';
import type { JsonObject } from '../types.js';

/** Required fields that are missing (r027, r065). */
export function missingFields(record: JsonObject, required: readonly string[]): Violation[] {
  const isBlank = (value: unknown) =>
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && !value.length);
  return required
    .filter(name => isBlank(record[name]))
    .map(property => ({
      property,
      code: 'presence',
      message: "can't be blank",
      shown: shownValue(record[property]),
    }));
}

/** Declared dates at the top of a record that are not dates (r042). Nothing is checked below the top. */
export function badDates(record: JsonObject): Violation[] {
  return Object.entries(record)
    .filter(([name, value]) => isDatePath(name) && typeof value === 'string' && !toInstant(value))
    .map(([property]) => ({
      property,
      code: 'date',
      message: 'is not a valid date',
      shown: 'Invalid Date',
    }));
}

/** A value that another record has (r029, r095). */
export function notUnique(property: string, value: unknown): Violation {
  return { property, code: 'uniqueness', message: 'is not unique', shown: shownValue(value) };
}
