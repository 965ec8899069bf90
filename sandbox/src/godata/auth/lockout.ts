import type { RecordStore } from '../store/records.js';
import type { User } from '../types.js';

/** Failed logins before an account is blocked, and for how long (godata FACTS §1.4). */
const MAX_RETRIES = 10;
const RESET_AFTER_MS = 30 * 60_000;

/** Whether the account is blocked now, whatever password comes (r228, r229). */
export function isLockedOut(user: User, now: Date): boolean {
  if (user.locked === true) return true;
  const lastFailure = typeof user.bruteForceLoginDate === 'string' ? user.bruteForceLoginDate : '';
  const blocked = Number(user.loginRetriesCount ?? 0) >= MAX_RETRIES;
  return blocked && now.getTime() - Date.parse(lastFailure) < RESET_AFTER_MS;
}

/** Counts a failed login; the count starts again when the block has run out. */
export function noteFailure(users: RecordStore<User>, user: User, now: Date): void {
  const count = Number(user.loginRetriesCount ?? 0);
  const loginRetriesCount = count >= MAX_RETRIES ? 1 : count + 1;
  users.update(user.id, { loginRetriesCount, bruteForceLoginDate: now.toISOString() });
}

/** Forgets the failed logins (r024). */
export function noteSuccess(users: RecordStore<User>, user: User, now: Date): void {
  const lastLogin = now.toISOString();
  users.update(user.id, { loginRetriesCount: 0, bruteForceLoginDate: null, lastLogin });
}
