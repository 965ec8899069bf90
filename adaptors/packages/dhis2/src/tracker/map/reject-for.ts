import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './read/reading.js';

const MESSAGES: Readonly<Record<Fault['code'], string>> = {
  INVALID_DATE: 'not a day of the calendar',
  INVALID_AGE: `not an age (${AGE_RULE})`,
};

/** Explains why a record is rejected: names of fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = [...new Set(faults.map(({ field }) => field))];
  const message = `${fields.join(', ')}: ${MESSAGES[code]}. Correct it in Go.Data.`;
  return { kind, id, code, message };
}

/** Explains which fields of a record were omitted, each once; names of fields, never their values. */
export function adjustFor(omitted: readonly Fault[], kind: string, id: string): Adjusted[] {
  const rows = omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: ${MESSAGES[code]}. It was omitted. Correct it in Go.Data.`,
  }));
  return [...new Map(rows.map(row => [row.message, row])).values()];
}
