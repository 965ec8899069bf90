import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './fields/reading.js';

const MESSAGES: Readonly<Record<Fault['code'], string>> = {
  INVALID_DATE: 'no day of the calendar',
  INVALID_AGE: `no age of a person (${AGE_RULE})`,
  INVALID_COORDINATES: 'no place on earth',
};

/** Says why a record is rejected: the fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = faults.filter(fault => fault.code === code).map(({ field }) => field);
  const message = `${[...new Set(fields)].join(', ')}: ${MESSAGES[code]}. Correct it in DHIS2.`;
  return { kind, id, code, message };
}

/** Says which fields of a record were omitted, and why; never their values. */
export function adjustFor(omitted: readonly Fault[], kind: string, id: string): Adjusted[] {
  return omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: ${MESSAGES[code]}. It was omitted; correct it in DHIS2.`,
  }));
}
