/** How often a request is repeated, and after which pauses. */
export interface RetryPolicy {
  /** Number of attempts, the first one included. */
  attempts: number;
  /** Longest pause before the second attempt, in milliseconds. It doubles with each attempt. */
  baseMs: number;
  /** Longest pause before any attempt, in milliseconds. */
  maxMs: number;
}

/** About 7 seconds over 4 attempts. A Retry-After header may ask for up to a minute. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 4, baseMs: 1000, maxMs: 60_000 };

/**
 * Statuses after which the same idempotent request may succeed (godata FACTS §7, dhis2 FACTS §6).
 * 520 to 524 are Cloudflare's statuses for a server that it cannot reach.
 */
const RETRYABLE_STATUS = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Whether a request with this status is tried again. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUS.has(status);
}

/**
 * The pause before the next attempt: what the server asks for, else exponential with full jitter,
 * so that many clients do not return at the same moment.
 *
 * @param attempt attempts made so far, from 1
 * @param retryAfter the Retry-After header: seconds or an HTTP date
 * @param now milliseconds since 1970, for an HTTP date
 */
export function pauseMs(
  policy: RetryPolicy,
  attempt: number,
  retryAfter: string | undefined,
  now: number,
): number {
  const asked = retryAfter === undefined ? undefined : retryAfterMs(retryAfter, now);
  if (asked !== undefined) return Math.min(asked, policy.maxMs);
  return Math.random() * Math.min(policy.baseMs * 2 ** (attempt - 1), policy.maxMs);
}

function retryAfterMs(header: string, now: number): number | undefined {
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
