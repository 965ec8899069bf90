import { configurationError, type IntegrationError } from '../reporting/errors.js';
import { isCalendarDay, toCalendarDay, toDayNumber } from './calendar.js';
import { pad2, pad4 } from './digits.js';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
/** ISO 8601 as Go.Data writes it (`2020-03-01T00:00:00.000Z`) and DHIS2 (without a zone). */
const DATE_TIME =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/;
const MINUTES_PER_DAY = 1440;

/**
 * Whether something is a day of the calendar, `yyyy-MM-dd`, from 0001-01-01 to 9999-12-31.
 *
 * @example
 * isDay('2021-02-29'); // false
 */
export function isDay(text: unknown): text is string {
  return readDay(text) !== undefined;
}

/**
 * Days from 1970-01-01 to a day, negative before it.
 *
 * @param day `yyyy-MM-dd`
 * @throws IntegrationError `INVALID_DATE` (configuration)
 * @example
 * dayNumber('1970-01-02'); // 1
 */
export function dayNumber(day: string): number {
  const number = readDay(day);
  if (number === undefined) throw invalidDate(day);
  return number;
}

/**
 * The day that lies `number` days after 1970-01-01, the reverse of {@link dayNumber}.
 *
 * @returns `yyyy-MM-dd`
 * @throws IntegrationError `INVALID_DATE` (configuration) when `number` is not whole
 */
export function dayOf(number: number): string {
  if (!Number.isSafeInteger(number)) throw invalidDate(number);
  const { year, month, dayOfMonth } = toCalendarDay(number);
  return `${pad4(year)}-${pad2(month)}-${pad2(dayOfMonth)}`;
}

/**
 * Number (days since 1970-01-01) of a day, or of the UTC day of an ISO 8601 date-time. A date-time
 * without a zone is read as UTC, so that no result depends on the time zone of the host. Does not
 * throw: dates of records are often missing or broken, and such a record is left out.
 *
 * @returns undefined for anything that is not a day of the calendar
 * @example
 * utcDayNumber('1970-01-01T23:30:00-01:00'); // 1
 */
export function utcDayNumber(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length === 10) return readDay(text);
  const match = DATE_TIME.exec(text);
  const day = match ? readDay(text.slice(0, 10)) : undefined;
  if (!match || day === undefined) return undefined;
  const [, hours, minutes, sign, zoneHours, zoneMinutes] = match;
  if (!sign) return day;
  const zone = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  return day + Math.floor((Number(hours) * 60 + Number(minutes) - zone) / MINUTES_PER_DAY);
}

/** {@link utcDayNumber} for a required date: throws `INVALID_DATE` (configuration). */
export function requireUtcDayNumber(text: string): number {
  const number = utcDayNumber(text);
  if (number === undefined) throw invalidDate(text);
  return number;
}

function readDay(text: unknown): number | undefined {
  const match = typeof text === 'string' ? DAY.exec(text) : null;
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const dayOfMonth = Number(match[3]);
  return isCalendarDay(year, month, dayOfMonth) ? toDayNumber(year, month, dayOfMonth) : undefined;
}

function invalidDate(given: unknown): IntegrationError {
  const shown = typeof given === 'string' ? JSON.stringify(given.slice(0, 40)) : String(given);
  return configurationError('INVALID_DATE', `${shown} is not a date of the calendar.`, {
    fix: 'Give a day as yyyy-MM-dd, for example 2026-02-28.',
  });
}
