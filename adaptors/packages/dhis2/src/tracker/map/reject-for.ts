import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './read/reading.js';

/** Explains why a record is rejected: names of fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = [...new Set(faults.map(({ field }) => field))];
  const message = `${fields.join(', ')}: not a day of the calendar. Correct it in Go.Data.`;
  return { kind, id, code, message };
}

/** Explains which fields of a record were omitted; names of fields, never their values. */
export function adjustFor(omitted: readonly Fault[], kind: string, id: string): Adjusted[] {
  return omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: not an age (${AGE_RULE}). It was omitted. Correct it in Go.Data.`,
  }));
}
