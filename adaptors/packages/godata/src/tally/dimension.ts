import type { Period } from '#common/periods/index.js';
import type { PersonRecord } from '../client/requests/people.js';

/** The part of a row that a dimension can use: the record is counted in it. */
export interface RowContext {
  /** The period of the record's date. */
  period: Period;
  /** The record's own date, `yyyy-MM-dd`. */
  day: string;
}

/**
 * A property by which records are counted: a small pure function from a record to a code, and the
 * properties that the function reads. Only these properties are requested from the server.
 *
 * @example
 * { fields: ['riskLevel'], code: person => (person.riskLevel ? 'AT_RISK' : 'NONE') }
 */
export interface Dimension {
  fields: string[];
  /** No value (null, undefined or an empty text) counts as {@link UNKNOWN}. */
  code: (person: PersonRecord, context: RowContext) => unknown;
  /**
   * All codes that the function can give, `UNKNOWN` for no value. With it, a mapping that names
   * another code is refused; without it, any code may come.
   */
  codes?: readonly string[];
  /**
   * What looks like a mistake of the dimension, asked when all records are counted: a sentence
   * without a full stop, for a warning.
   */
  doubt?: () => string | undefined;
}

/**
 * All codes of each dimension; null for a dimension that can give any. Data only: it travels.
 */
export function codesOf(
  dimensions: Readonly<Record<string, Dimension>>,
): Record<string, readonly string[] | null> {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, { codes }]) => [name, codes ?? null]),
  );
}

/** The code for a record without a value in a dimension. */
export const UNKNOWN = 'UNKNOWN';

/** The code for a value of a dimension. */
export function toCode(value: unknown): string {
  return value === null || value === undefined || value === '' ? UNKNOWN : String(value);
}
