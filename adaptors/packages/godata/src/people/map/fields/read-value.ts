import { isUid } from '#common/identity/uid.js';
import { readWholeNumber, readYears } from '#common/people/age.js';
import { isDay, utcDayNumber } from '#common/periods/index.js';
import { badMapping } from '../bad-mapping.js';
import { omitField, type ReadValue } from './reading.js';

/** Reads a text, without blanks around it. An empty text becomes null. */
export const readText: ReadValue = (value, path) => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw wrongType(path, 'a text', value);
  return value.trim() || null;
};

/** Reads a calendar day. Of a date with a time it uses the day (godata FACTS §5.7). */
export const readDay: ReadValue = (value, path, reading) => {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw wrongType(path, 'a day as a text, yyyy-MM-dd', value);
  }
  const text = value?.trim() ?? '';
  if (text === '') return null;
  if (isDay(text) || utcDayNumber(text) !== undefined) return text.slice(0, 10);
  return omitField(reading, { code: 'INVALID_DATE', field: path });
};

export const readFlag: ReadValue = (value, path) => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw wrongType(path, 'true or false', value);
  return value;
};

/**
 * Reads the id of an org unit. The step that writes replaces it by the id of a location. An org
 * unit that is not in the batch has no location: the field stays empty and is reported.
 */
export const readOrgUnit: ReadValue = (value, path, reading) => {
  const id = readText(value, path, reading) as string | null;
  if (id === null || reading.hasOrgUnit(id)) return id;
  // A text that is not an id can be the name of a place, which must not be in the report.
  reading.ledger.add('unknown-org-unit', isUid(id) ? id : '');
  return null;
};

/**
 * Reads an age. Go.Data does not check ages (godata FACTS §4, §5.1), so an impossible age is
 * omitted. An age in years only, as in DHIS2, stays without months: the step that writes keeps
 * Go.Data's months.
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
  return omitField(reading, { code: 'INVALID_AGE', field: path });
};

/** Checks that a value is an object with only known keys. */
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
    `Use one of: ${known.join(', ')}. Go.Data would store a mistyped name without an error.`,
  );
}

/** The error for a value of the wrong type. It does not show the value, which is personal data. */
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
