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
