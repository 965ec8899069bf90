import type { IntegrationError } from '../reporting/errors.js';
import { exchangeBytes } from './exchange-bytes.js';
import { readAnswer } from './read-answer.js';
import type { ApiAnswer, ApiRequest, SystemName } from './request-types.js';
import { DEFAULT_RETRY, isRetryableStatus, pauseMs, type RetryPolicy } from './retry.js';
import type { Endpoint, RawAnswer } from './transport.js';

/** The result of one attempt. */
interface Outcome {
  /** Returns the answer, or throws the error. */
  read(): ApiAnswer;
  /** Whether another attempt may succeed. */
  passing: boolean;
  /** The Retry-After header. */
  retryAfter?: string;
}

/** Sends requests to one API root, repeats them where that is safe, and counts them. */
export interface Requester {
  /** @throws IntegrationError if no JSON answer came; an answer of any status is returned */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** HTTP requests sent so far, repeated ones included. */
  readonly count: number;
  /**
   * The server's present, in milliseconds since 1970: the end of the second that the `Date` of its
   * last answer names. Undefined before the first answer, or if answers have no `Date`.
   */
  readonly present: number | undefined;
}

/** Long enough for slow pages of a loaded server (godata FACTS §7: at least 60 s). */
export const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Creates the sender that a client builds upon. Only idempotent requests are repeated: after a lost
 * connection or a temporary status, at most {@link RetryPolicy.attempts} times.
 *
 * @example
 * const requester = createRequester('DHIS2', { baseUrl: 'https://host/api', timeoutMs: 120_000 });
 * const { status, body } = await requester.send({ method: 'GET', path: '/system/info' });
 */
export function createRequester(
  system: SystemName,
  endpoint: Endpoint,
  policy: RetryPolicy = DEFAULT_RETRY,
): Requester {
  let count = 0;
  let present: number | undefined;

  async function attempt(request: ApiRequest): Promise<Outcome> {
    count += 1;
    let raw: RawAnswer;
    try {
      raw = await exchangeBytes(system, endpoint, request);
    } catch (error) {
      return failed(error as IntegrationError);
    }
    const date = Date.parse(String(raw.headers.date));
    if (!Number.isNaN(date)) present = date + 999;
    // The status decides before the body is read: proxies say "busy" with their own pages.
    const passing = isRetryableStatus(raw.status);
    const retryAfter = String(raw.headers['retry-after'] ?? '') || undefined;
    try {
      const answer = readAnswer(system, request, raw);
      return { read: () => answer, passing, retryAfter };
    } catch (error) {
      const outcome = failed(error as IntegrationError);
      return { ...outcome, passing: passing || outcome.passing, retryAfter };
    }
  }

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const idempotent = request.idempotent ?? request.method === 'GET';
    for (let made = 1; ; made += 1) {
      const { read, passing, retryAfter } = await attempt(request);
      if (!passing || !idempotent || made >= policy.attempts) return read();
      await sleep(pauseMs(policy, made, retryAfter, Date.now()));
    }
  }

  return {
    send,
    get count() {
      return count;
    },
    get present() {
      return present;
    },
  };
}

function failed(error: IntegrationError): Outcome {
  return {
    read: () => {
      throw error;
    },
    passing: error.retryable,
  };
}

/** Waits some milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
