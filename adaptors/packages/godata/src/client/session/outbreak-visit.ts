import { formatNote, type Notes } from '#common/reporting/notes.js';
import type { UserRecord } from '../types/index.js';

/** Noted before an account leaves its outbreak, and settled when it is back. */
interface Away {
  /** The outbreak to return to; null: none. */
  former: string | null;
  /** The outbreaks that were made active in its place. */
  visited: string[];
}

/** Makes other outbreaks the account's active one for a time. */
export interface OutbreakVisit {
  /** Makes an outbreak the active one, if it is not. */
  enter(outbreakId: string): Promise<void>;
  /** Restores the active outbreak of before. */
  leave(): Promise<void>;
}

/**
 * Begins a visit. The former outbreak is noted before anything changes: if the process is killed, or
 * the server does not answer, the next run restores it ({@link findWayBack}).
 *
 * @param account as it is before the visit
 * @param write changes the account's active outbreak
 */
export function createOutbreakVisit(
  { id, activeOutbreakId: former = null }: Pick<UserRecord, 'id' | 'activeOutbreakId'>,
  write: (outbreakId: string | null) => Promise<void>,
): OutbreakVisit {
  const away: Away = { former, visited: [] };
  const name = noteName(id);
  let active = former;
  return {
    async enter(outbreakId) {
      if (active === outbreakId) return;
      away.visited.push(outbreakId);
      console.log(formatNote({ name, value: away }));
      // After an error nobody knows which outbreak is active.
      active = null;
      await write(outbreakId);
      active = outbreakId;
    },
    async leave() {
      if (away.visited.length === 0) return;
      if (active !== former || former === null) await write(former);
      active = former;
      settleVisit(id);
    },
  };
}

/** Settles the note of a visit. */
export function settleVisit(accountId: string): void {
  console.log(formatNote({ name: noteName(accountId) }));
}

/**
 * The outbreak to which an account must be returned after a run that did not do so.
 *
 * @param notes of earlier runs
 * @returns a function of the active outbreak: undefined if somebody has chosen another one since;
 * undefined if nothing is noted
 */
export function findWayBack(
  notes: Notes | undefined,
  accountId: string,
): ((active: string | null) => { former: string | null } | undefined) | undefined {
  const away = notes?.[noteName(accountId)] as Partial<Away> | undefined;
  const { former, visited } = away ?? {};
  if (former === undefined || !Array.isArray(visited)) return undefined;
  return active => (active !== null && visited.includes(active) ? { former } : undefined);
}

function noteName(accountId: string): string {
  return `active-outbreak/${accountId}`;
}
