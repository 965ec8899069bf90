import type { ApiAnswer, ApiRequest } from '../../../../../common/src/http/index.js';
import type { Rejected } from '../../../../../common/src/report.js';
import { serverError } from '../../server-error.js';

/** Statuses with which Go.Data refuses what it was sent, and not who sends it or how. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** Whether an answer says that a record does not fit. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

/** Failures of the server in a row after which it is not the locations that are to blame. */
const MAX_FAILURES = 3;

/**
 * Tells a location that the server stumbles over (status 500) from a server that is down, which answers
 * so to each of thousands.
 */
export class FailureCount {
  #inRow = 0;

  /** The answer about one location. @throws IntegrationError `SERVER_ERROR` when it is the server */
  note(request: Pick<ApiRequest, 'method' | 'path'>, answer: ApiAnswer): void {
    this.#inRow = answer.status >= 500 ? this.#inRow + 1 : 0;
    if (this.#inRow >= MAX_FAILURES) throw serverError(request, answer);
  }
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
