import { readWholeNumber, readYears } from '#common/people/age.js';
import { isDay, utcDayNumber } from '#common/periods/index.js';
import { badMapping } from '../bad-mapping.js';
import type { ReadValue } from './reading.js';

/** A text without blanks around it; null where nothing is left. */
export const readText: ReadValue = (value, path) => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw wrongType(path, 'a text', value);
  return value.trim() || null;
};

/** A day of the calendar; of a date with a time, its day (godata FACTS §5.7). */
export const readDay: ReadValue = (value, path, reading) => {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw wrongType(path, 'a day as a text, yyyy-MM-dd', value);
  }
  const text = value?.trim() ?? '';
  if (text === '') return null;
  if (isDay(text) || utcDayNumber(text) !== undefined) return text.slice(0, 10);
  reading.faults.push({ code: 'INVALID_DATE', field: path });
  return null;
};

export const readFlag: ReadValue = (value, path) => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw wrongType(path, 'true or false', value);
  return value;
};

/**
 * An org unit's id, which the step that writes turns into a location's. One that the batch does not
 * name has no location to be found by: the field stays empty, and that is reported.
 */
export const readOrgUnit: ReadValue = (value, path, reading) => {
  const id = readText(value, path, reading) as string | null;
  if (id === null || reading.hasOrgUnit(id)) return id;
  // What is no id may be the name of a place that somebody wrote there.
  reading.ledger.add('unknown-org-unit', /^[A-Za-z][A-Za-z0-9]{10}$/.test(id) ? id : '');
  return null;
};

/**
 * An age; Go.Data checks none (godata FACTS §4, §5.1). What is no age of a person is omitted. One in
 * years alone, as DHIS2 has it, stays without months: who writes it keeps those that Go.Data has.
 */
export const readAge: ReadValue = (value, path, reading) => {
  if (value === undefined || value === null) return null;
  const given = readObject(value, path, ['years', 'months']);
  const parts = [given.years, given.months];
  const isBlank = (part: unknown) => part === undefined || part === null || part === '';
  if (parts.every(isBlank)) return null;
  const [years = Number.NaN, months = Number.NaN] = parts.map(part =>
    isBlank(part) ? 0 : readWholeNumber(part),
  );
  const whole = readYears(years + Math.floor(months / 12));
  if (whole !== undefined)
    return isBlank(given.months) ? { years } : { years: whole, months: months % 12 };
  reading.omitted.push({ code: 'INVALID_AGE', field: path });
  return undefined;
};

/** Checks that a value is an object with known keys only. */
export function readObject(
  value: unknown,
  path: string,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(path, `an object with ${known.join(', ')}`, value);
  }
  const unknown = Object.keys(value).filter(key => !known.includes(key));
  if (unknown.length === 0) return value as Record<string, unknown>;
  throw badMapping(
    `gives ${unknown.map(key => `${path}.${key}`).join(', ')}, which Go.Data does not have`,
    `Known are: ${known.join(', ')}. Go.Data would store a mistyped name without a word.`,
  );
}

/** An error about a value of a type that the field does not have. The value itself is a person's. */
export function wrongType(path: string, expected: string, value: unknown) {
  const actual =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : value instanceof Date
          ? 'a Date'
          : `of type ${typeof value}`;
  return badMapping(`must give ${expected} for ${path}; it is ${actual}`);
}
