import type { ApiAnswer, ApiRequest } from './request-types.js';

/** Server failures in a row after which the server is at fault, not the records. */
const MAX_FAILURES = 3;

/**
 * Distinguishes a record on which the server fails (status 500) from a server that is down and
 * fails for every record.
 */
export class FailureCount {
  private readonly toError: (request: ApiRequest, answer: ApiAnswer) => Error;
  private inRow = 0;

  /** @param toError builds the error of an answer, as the system's client does */
  constructor(toError: (request: ApiRequest, answer: ApiAnswer) => Error) {
    this.toError = toError;
  }

  /** The answer about one record. @throws the error of the answer when it is the server */
  note(request: ApiRequest, answer: ApiAnswer): void {
    this.inRow = answer.status >= 500 ? this.inRow + 1 : 0;
    if (this.inRow >= MAX_FAILURES) throw this.toError(request, answer);
  }
}
