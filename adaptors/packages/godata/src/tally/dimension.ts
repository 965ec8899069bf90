import type { Period } from '#common/periods/index.js';
import type { PersonRecord } from '../client/requests/people.js';

/** What a dimension knows of the row that a record falls into. */
export interface RowContext {
  /** The period of the record's date. */
  period: Period;
  /** The record's own date, `yyyy-MM-dd`. */
  day: string;
}

/**
 * One property by which records are counted: a small pure function of a record to a code, and the
 * record's properties that it reads, since only these are asked of the server.
 *
 * @example
 * { fields: ['riskLevel'], code: person => (person.riskLevel ? 'AT_RISK' : 'NONE') }
 */
export interface Dimension {
  fields: string[];
  /** Nothing (null, undefined or an empty text) counts as {@link UNKNOWN}. */
  code: (person: PersonRecord, context: RowContext) => unknown;
}

/** The code of a record of which a dimension knows nothing. */
const UNKNOWN = 'UNKNOWN';

/** What a dimension gave, as a code. */
export function toCode(value: unknown): string {
  return value === null || value === undefined || value === '' ? UNKNOWN : String(value);
}
