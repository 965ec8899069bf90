/** How often and how patiently a request is repeated. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  attempts: number;
  /** Milliseconds before the second attempt at most; doubles from attempt to attempt. */
  baseMs: number;
  /** Milliseconds that no pause exceeds. */
  maxMs: number;
}

/** About 7 seconds of patience over 4 attempts; a Retry-After header may ask for up to a minute. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 4, baseMs: 1000, maxMs: 60_000 };

/**
 * Answers after which the same idempotent request may go through (godata FACTS §7, dhis2 FACTS §6).
 * 520 to 524 are Cloudflare's words for a server that it cannot reach.
 */
const RETRYABLE_STATUS = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Whether an answer of this status is worth a second attempt. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUS.has(status);
}

/**
 * How long to wait before the next attempt: what the server asks for, else exponential with full
 * jitter, so that many clients do not come back at once.
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
