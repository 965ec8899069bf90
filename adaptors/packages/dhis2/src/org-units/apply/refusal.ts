import { type ApiAnswer, objectsIn } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';
import { safeCode, safeName } from '#common/reporting/server-text.js';
import { readWebMessage } from '../../client/web-message.js';

/** Statuses with which DHIS2 refuses the content of a request, not its sender or form. */
const REFUSALS = new Set([400, 404, 409, 500]);

/** Whether an answer refuses the org unit itself. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

/** Messages for the server's codes, for the person who corrects the location. */
const SAYS: Record<string, string> = {
  E1521: 'The account may not change it.',
  E1522:
    "The account may not move it: its current parent is outside the account's data capture org units.",
  E1523:
    "The account may not move it: its new parent is outside the account's data capture org units.",
  E4013: 'Its closing date is before its opening date.',
  E5002: 'Its parent has been deleted in DHIS2 since it was read.',
  E5003: 'Another org unit has its code.',
  // dhis2 LIVE 243, 244
  STATUS_500: 'DHIS2 cannot read its coordinates or one of its dates.',
  STATUS_404: 'It has been deleted in DHIS2 since it was read.',
};

/** Whether an org unit to create exists already: an earlier attempt created it, but its answer was lost. */
export function isThere({ status, body }: ApiAnswer): boolean {
  return status === 409 && readReports(body).some(({ errorCode }) => errorCode === 'E5000');
}

/** The rejection of a location whose org unit DHIS2 refused, with the server's code. */
export function refusedOrgUnit(id: string, { status, body }: ApiAnswer): Rejected {
  const [first = {}] = readReports(body);
  const code = safeCode(first.errorCode) ?? `STATUS_${status}`;
  const errorProperty = safeName(first.errorProperty);
  const says = SAYS[code] ?? `DHIS2 refused it${errorProperty ? `: ${errorProperty}` : ''}.`;
  return { kind: 'location', id, code, message: says };
}

function readReports(body: unknown): Record<string, unknown>[] {
  return objectsIn(readWebMessage(body).response.errorReports);
}
