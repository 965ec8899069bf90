import { AGE_RULE } from '#common/people/age.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Fault } from './fields/reading.js';

const MESSAGES: Readonly<Record<Fault['code'], string>> = {
  INVALID_DATE: 'not a calendar day',
  INVALID_AGE: `not a possible age (${AGE_RULE})`,
  INVALID_COORDINATES: 'not a place on earth',
};

/** The report row of a rejected record. It names the fields, never their values. */
export function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const [{ code }] = faults as [Fault, ...Fault[]];
  const fields = faults.filter(fault => fault.code === code).map(({ field }) => field);
  const message = `${[...new Set(fields)].join(', ')}: ${MESSAGES[code]}. Correct it in DHIS2.`;
  return { kind, id, code, message };
}

/** The report rows of omitted fields. They never have the values. */
export function adjustFor(omitted: readonly Fault[], kind: string, id: string): Adjusted[] {
  return omitted.map(({ code, field }) => ({
    kind,
    id,
    code,
    message: `${field}: ${MESSAGES[code]}. The field was omitted. Correct it in DHIS2.`,
  }));
}
