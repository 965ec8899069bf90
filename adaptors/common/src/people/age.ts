/**
 * Highest age of a person, in years. A higher number is a mistake, such as a year of birth instead
 * of an age.
 */
const OLDEST = 150;

/** The rule that a message states about a value that is not an age. */
export const AGE_RULE = `an age is a whole number of years from 0 to ${OLDEST}`;

/**
 * Reads an age in whole years, by one rule for both directions: a value that one system could not
 * return is not written to it. Numbers may be texts, as all values of DHIS2 are, and may end in
 * `.0`.
 *
 * @returns undefined for a value that is not an age
 */
export function readYears(value: unknown): number | undefined {
  const years = readWholeNumber(value);
  return years !== undefined && years <= OLDEST ? years : undefined;
}

/** A whole number of 0 or more, of a number or a text: 30, "30", "30.0"; else undefined. */
export function readWholeNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value).trim();
  return /^\d{1,6}(\.0*)?$/.test(text) ? Number(text) : undefined;
}

/**
 * The completed years of an age in years and months, as a count by age bands needs them. A part of a
 * year or month does not count. An age with an impossible part is unknown as a whole: in
 * `{ years: 1974, months: 0 }` a year of birth stands in the age field, and the months say nothing.
 *
 * @returns undefined for an empty age, and for a value that is not an age
 * @example
 * completedYears({ years: '30.0', months: null }); // 30
 * completedYears({ years: null, months: 66 }); // 5
 */
export function completedYears(
  age: { years?: unknown; months?: unknown } | null | undefined,
): number | undefined {
  if (!age) return undefined;
  const { years, months } = age;
  if (isBlank(years) && isBlank(months)) return undefined;
  const sum = readPart(years) + Math.floor(readPart(months) / 12);
  return sum <= OLDEST ? sum : undefined;
}

/** A part of an age as a whole number; NaN if it is none. Almost every one is a number already. */
function readPart(part: unknown): number {
  if (Number.isInteger(part) && (part as number) >= 0) return part as number;
  return isBlank(part) ? 0 : (withoutFraction(part) ?? Number.NaN);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function withoutFraction(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^\s*\d+\.\d*\s*$/.test(value);
  const isNumber = typeof value === 'number' && value >= 0;
  return readWholeNumber(isDecimal || isNumber ? Math.floor(Number(value)) : value);
}
