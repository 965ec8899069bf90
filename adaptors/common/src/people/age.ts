/** Years of the oldest person; what is above is a slip, such as a year of birth in place of an age. */
const OLDEST = 150;

/** What an age in whole years is told to be when it is none. */
export const AGE_RULE = `an age is a whole number of years from 0 to ${OLDEST}`;

/**
 * Reads an age in whole years, by one rule for both ways: what one system could not give back is not
 * written to it. Numbers may be texts, as all of DHIS2's values are, and have zeros behind the point.
 *
 * @returns undefined for what is no age of a person
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
