import { valueProblem } from '#sandbox/dhis2/data/import/value-type.js';

/** Longest value, in characters (dhis2 LIVE 238). */
const MAX_LENGTH = 50_000;

/**
 * The problem of a value in Tracker, by the server's name. A blank value is not checked (dhis2 LIVE
 * 221; the server's source, ValidationUtils.valueIsValid).
 *
 * @example
 * trackerValueProblem('1.5', 'INTEGER'); // value_not_integer
 */
export function trackerValueProblem(value: string, valueType: string): string | undefined {
  if (value.trim() === '') return undefined;
  if (value.length > MAX_LENGTH) return 'value_length_greater_than_max_length';
  return valueProblem(value, valueType);
}
