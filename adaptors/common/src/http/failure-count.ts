import type { ApiAnswer, ApiRequest } from './request-types.js';

/** Failures of the server in a row after which it is not the records that are to blame. */
const MAX_FAILURES = 3;

/**
 * Tells a record that the server stumbles over (status 500) from a server that is down, which answers so
 * to each of thousands.
 */
export class FailureCount {
  readonly #toError: (request: ApiRequest, answer: ApiAnswer) => Error;
  #inRow = 0;

  /** @param toError makes an error of an answer, as the system's client does */
  constructor(toError: (request: ApiRequest, answer: ApiAnswer) => Error) {
    this.#toError = toError;
  }

  /** The answer about one record. @throws the error of the answer when it is the server */
  note(request: ApiRequest, answer: ApiAnswer): void {
    this.#inRow = answer.status >= 500 ? this.#inRow + 1 : 0;
    if (this.#inRow >= MAX_FAILURES) throw this.#toError(request, answer);
  }
}
