import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './read/reading.js';

/** Says why a record is rejected: the fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = [...new Set(faults.map(({ field }) => field))];
  const message = `${fields.join(', ')}: no day of the calendar. Correct it in Go.Data.`;
  return { kind, id, code, message };
}

/** Says which fields of a record were omitted, and why; never their values. */
export function adjustFor(omitted: readonly Fault[], kind: string, id: string): Adjusted[] {
  return omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: no age of a person (${AGE_RULE}). It was omitted; correct it in Go.Data.`,
  }));
}
