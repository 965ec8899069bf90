import type { RecordPosition } from '#common/handover/fetched-people-batch.js';
import { type ChangeTime, chooseChangeTime, EPOCH, earlier, later } from '../change-time.js';
import type { Bound, Change } from './list-changes.js';

/** Records that a position remembers, the newest of the overlap: 300 KB of JSON a kind. */
export const MAX_SEEN = 4000;

/** One way through the changes of a kind of records, which may take several runs. */
export interface Pass {
  /** Where to begin. */
  begin: Bound;
  /** Whether this version has been dealt with. */
  isKnown(change: Change): boolean;
  /**
   * Notes that a change was dealt with; those before it were.
   *
   * @param version time of what was passed on; it may have been changed again since
   */
  handle(change: Change, version: string): void;
  /** Notes that all changes before a bound were dealt with. */
  reach(bound: Bound): void;
  /**
   * Where the next run goes on.
   *
   * @param isUnderWay whether this run leaves changes behind
   */
  position(isUnderWay: boolean): RecordPosition;
}

/**
 * Begins a pass a little behind the last change that was seen, for changes that come into sight late.
 * A pass that is under way goes on where it was left.
 *
 * @param before where the last run has ended
 * @param since first day of a first run, `yyyy-MM-dd`
 */
export function beginPass(
  before: RecordPosition | undefined,
  since: string | undefined,
  { field, overlapMs }: ChangeTime,
): Pass {
  // The server was upgraded: its new times tell nothing of the versions that were seen.
  const isOfBefore = before?.by === 'updatedAt' && field === 'dbUpdatedAt';
  const begin = isOfBefore ? afterUpgrade(before) : beginning(before, since, field, overlapMs);
  const end = before && !isOfBefore ? before.updatedAt : begin.from;
  const seen = new Map(Object.entries((!isOfBefore && before?.seen) || {}));
  let reached = begin;
  return {
    begin,
    isKnown: ({ id, time }) => time !== '' && seen.get(id) === time,
    handle({ id, time }, version) {
      if (version !== '') seen.set(id, version);
      reached = time === '' ? { ...begin, untimed: true, after: id } : { from: time, after: id };
    },
    reach(bound) {
      reached = bound;
    },
    position(isUnderWay) {
      const { from, after, untimed } = reached;
      // Within the overlap a pass begins behind the position; at its end it is no longer behind.
      const at = isUnderWay ? from : later(from, end);
      return {
        updatedAt: at,
        seen: recent(seen, earlier(at, overlapMs)),
        ...(isUnderWay ? { underWay: true } : {}),
        ...(isUnderWay && after !== undefined ? { after } : {}),
        ...(isUnderWay && untimed ? { untimed } : {}),
        ...(field === 'updatedAt' ? { by: field } : {}),
      };
    },
  };
}

function beginning(
  before: RecordPosition | undefined,
  since: string | undefined,
  field: ChangeTime['field'],
  overlapMs: number,
): Bound {
  if (!before) {
    const from = since ? `${since}T00:00:00.000Z` : EPOCH;
    return { from, ...(field === 'dbUpdatedAt' ? { untimed: true } : {}) };
  }
  const { updatedAt, underWay, after, untimed } = before;
  if (!underWay) return { from: earlier(updatedAt, overlapMs) };
  return {
    from: updatedAt,
    ...(after === undefined ? {} : { after }),
    ...(untimed ? { untimed } : {}),
  };
}

/** What was written before the upgrade has the old times alone. */
function afterUpgrade({ updatedAt }: RecordPosition): Bound {
  const { overlapMs } = chooseChangeTime(false, undefined);
  return { from: earlier(updatedAt, overlapMs), untimed: true };
}

/**
 * What the next run may meet again: versions within the overlap, the newest of them. Of the others it
 * passes on a second time what it meets.
 */
function recent(seen: ReadonlyMap<string, string>, from: string): Record<string, string> {
  const versions = [...seen].filter(([, time]) => time >= from);
  if (versions.length > MAX_SEEN) {
    versions.sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0)).length = MAX_SEEN;
  }
  return Object.fromEntries(versions);
}
