import { IntegrationError } from '../errors.js';
import { networkError } from './network-error.js';
import { readAnswer } from './read-answer.js';
import type { ApiAnswer, ApiRequest, SystemName } from './request-types.js';
import { DEFAULT_RETRY, isRetryableStatus, pauseMs, type RetryPolicy } from './retry.js';
import { type Endpoint, sendOnce } from './transport.js';

/** Sends requests to one API root, patiently, and counts them. */
export interface Requester {
  /** @throws IntegrationError when no JSON answer could be had; any status is an answer */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** HTTP requests sent so far, repeated ones included. */
  readonly count: number;
}

/** Long enough for the slow pages of a loaded server (godata FACTS §7: at least 60 s). */
export const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Creates the sender that a client builds upon. Only what is safe is repeated: idempotent requests,
 * after a broken connection or a status that passes, at most {@link RetryPolicy.attempts} times.
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

  async function attempt(request: ApiRequest): Promise<ApiAnswer | IntegrationError> {
    count += 1;
    try {
      return readAnswer(system, request, await sendOnce(endpoint, request));
    } catch (error) {
      return error instanceof IntegrationError ? error : networkError(system, request, error);
    }
  }

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const idempotent = request.idempotent ?? request.method === 'GET';
    for (let made = 1; ; made += 1) {
      const outcome = await attempt(request);
      const failed = outcome instanceof IntegrationError;
      const passing = failed ? outcome.retryable : isRetryableStatus(outcome.status);
      if (!passing || !idempotent || made >= policy.attempts) {
        if (failed) throw outcome;
        return outcome;
      }
      const retryAfter = failed
        ? undefined
        : String(outcome.headers['retry-after'] ?? '') || undefined;
      await sleep(pauseMs(policy, made, retryAfter, Date.now()));
    }
  }

  return {
    send,
    get count() {
      return count;
    },
  };
}

/** Waits some milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
