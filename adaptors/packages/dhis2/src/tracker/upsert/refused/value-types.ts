import { isDay } from '#common/periods/index.js';

const INTEGER = /^(0|-?[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(E-?\d+)?$/;
const TIME = /^(\d|[01]\d|2[0-3]):[0-5]\d$/;
const PHONE_NUMBER = /^[0-9+()#.\s/ext-]{6,50}$/;
const LARGEST_INTEGER = 2 ** 31 - 1;

const isInteger = (value: string) =>
  INTEGER.test(value) && Math.abs(Number(value)) <= LARGEST_INTEGER;
const isNumber = (value: string) => NUMBER.test(value);
const beginsWithDay = (value: string) => isDay(value.slice(0, 10));

/** What a value must be, for the types of which every version of DHIS2 takes the same values. */
const CHECKS: Readonly<Record<string, (value: string) => boolean>> = {
  INTEGER: isInteger,
  INTEGER_POSITIVE: value => isInteger(value) && Number(value) > 0,
  INTEGER_NEGATIVE: value => isInteger(value) && Number(value) < 0,
  INTEGER_ZERO_OR_POSITIVE: value => isInteger(value) && Number(value) >= 0,
  NUMBER: isNumber,
  PERCENTAGE: value => isNumber(value) && Number(value) >= 0 && Number(value) <= 100,
  UNIT_INTERVAL: value => isNumber(value) && Number(value) >= 0 && Number(value) <= 1,
  BOOLEAN: value => /^(true|false)$/i.test(value),
  TRUE_ONLY: value => /^true$/i.test(value),
  DATE: beginsWithDay,
  AGE: beginsWithDay,
  DATETIME: beginsWithDay,
  TIME: value => TIME.test(value),
  LETTER: value => /^\p{L}$/u.test(value),
  PHONE_NUMBER: value => PHONE_NUMBER.test(value),
  EMAIL: value => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
};

/**
 * Whether DHIS2 surely refuses a value because of its type (dhis2 LIVE 191, 220; recordings 143,
 * 228). A value of which this is not known here may still be refused by the server.
 *
 * @param value not blank
 * @param valueType as DHIS2's API gives it
 * @example
 * isOfOtherType('not known', 'PHONE_NUMBER'); // true
 */
export function isOfOtherType(value: string, valueType: string | undefined): boolean {
  const check = CHECKS[valueType ?? ''];
  return check !== undefined && !check(value);
}
