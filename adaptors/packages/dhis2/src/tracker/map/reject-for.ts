import type { Rejected } from '../../../../../common/src/report.js';
import type { Fault } from './read/reading.js';

/** Says why a record is rejected: the fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = [...new Set(faults.map(({ field }) => field))];
  const message = `${fields.join(', ')}: no day of the calendar. Mend it in Go.Data.`;
  return { kind, id, code, message };
}
