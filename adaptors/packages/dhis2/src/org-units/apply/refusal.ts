import type { ApiAnswer } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';

/** Statuses with which DHIS2 refuses what it was sent, and not who sends it or how. */
const REFUSALS = new Set([400, 404, 409, 500]);

/** Whether an answer says that an org unit does not fit. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

interface ErrorReport {
  errorCode?: string;
  errorProperty?: string;
}

interface Refused {
  response?: { errorReports?: ErrorReport[] };
}

/** What the server's codes mean to the person who corrects the place. */
const SAYS: Record<string, string> = {
  E1521: 'The account may not change it.',
  E1522:
    "The account may not move it: its present parent is outside the account's data capture org units.",
  E1523:
    "The account may not move it: its new parent is outside the account's data capture org units.",
  E4013: 'It would close before it opens.',
  E5002: 'Its parent has been deleted in DHIS2 meanwhile.',
  E5003: 'Another org unit has its code.',
  // dhis2 LIVE 243, 244
  STATUS_500: 'DHIS2 cannot read a date or the coordinates of it.',
  STATUS_404: 'It has been deleted in DHIS2 meanwhile.',
};

/** Whether an org unit that should be created is there already: by an attempt whose answer was lost. */
export function isThere({ status, body }: ApiAnswer): boolean {
  return status === 409 && readReports(body).some(({ errorCode }) => errorCode === 'E5000');
}

/** A location whose org unit DHIS2 has refused, with the server's own code. */
export function refusedOrgUnit(id: string, { status, body }: ApiAnswer): Rejected {
  const [first = {}] = readReports(body);
  const { errorCode: code = `STATUS_${status}`, errorProperty } = first;
  const says = SAYS[code] ?? `DHIS2 has refused it${errorProperty ? `: ${errorProperty}` : ''}.`;
  return { kind: 'location', id, code, message: says };
}

function readReports(body: unknown): ErrorReport[] {
  return (body as Refused | undefined)?.response?.errorReports ?? [];
}
