import type { ApiAnswer } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';
import { safeCode } from '#common/reporting/server-text.js';
import { errorIn } from '../../client/error-body.js';

/** Statuses that mean that Go.Data refuses the record, not the account or the request. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** Whether an answer means that Go.Data refused the record. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

const SAYS: Record<string, string> = {
  MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT: 'The parent already has a location with this name.',
  DEACTIVATE_PARENT_MODEL: 'The location still has active locations below it.',
  MODEL_NOT_FOUND: 'The location was deleted in Go.Data during the run. Run again.',
};

/** The report row of a location that Go.Data refused, with the server's code. */
export function refusedLocation(id: string, { status, body }: ApiAnswer): Rejected {
  const code = safeCode(errorIn(body).code) ?? `STATUS_${status}`;
  const says = SAYS[code] ?? 'Go.Data refused the location. Check the log of the server.';
  return { kind: 'location', id, code, message: says };
}
