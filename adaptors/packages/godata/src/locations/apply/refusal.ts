import type { ApiAnswer } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';

/** Statuses with which Go.Data refuses what it was sent, and not who sends it or how. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** Whether an answer says that a record does not fit. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

interface ErrorBody {
  error?: { code?: string; message?: string };
}

const SAYS: Record<string, string> = {
  MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT:
    'A location of this name is already there under the same parent.',
  DEACTIVATE_PARENT_MODEL: 'It still has active locations below it.',
  MODEL_NOT_FOUND: 'It has been deleted in Go.Data meanwhile.',
};

/** A location that Go.Data has refused, with the server's own code. */
export function refusedLocation(id: string, { status, body }: ApiAnswer): Rejected {
  const { code = `STATUS_${status}`, message } = (body as ErrorBody | undefined)?.error ?? {};
  const says = SAYS[code] ?? message ?? 'Go.Data has refused it.';
  return { kind: 'location', id, code, message: says };
}
