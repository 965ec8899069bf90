import type { RecordPosition } from '#common/handover/fetched-people-batch.js';
import { openSeenVersions } from '#common/handover/seen-versions.js';
import { type ChangeTime, chooseChangeTime, EPOCH, earlier, later } from '../change-time.js';
import type { Bound, Change } from './list-changes.js';

/** A time after any present. */
const LATEST = '9999-12-31T23:59:59.999Z';

/** One pass through the changes of a kind of records. It can take several runs. */
export interface Pass {
  /** Where to begin. */
  begin: Bound;
  /** Whether this version was handled already. */
  isKnown(change: Change): boolean;
  /**
   * Notes that this change and all before it were handled.
   *
   * @param version time of the version that was passed on; the record may have changed again since
   */
  handle(change: Change, version: string): void;
  /** Notes that a version was handled, wherever in the list it is. */
  know(id: string, version: string): void;
  /** Notes that all changes before a bound were handled. */
  reach(bound: Bound): void;
  /**
   * Where the next run begins.
   *
   * @param isUnderWay whether changes are left for the next run
   */
  position(isUnderWay: boolean): RecordPosition;
}

/** When a pass begins and ends. */
export interface PassTimes {
  /** First day of a first run, `yyyy-MM-dd`. */
  since: string | undefined;
  /** The server's present, ISO 8601; undefined if it does not tell it. */
  present: string | undefined;
}

/**
 * Begins a pass a little before the last seen change, because some changes become visible late. A
 * pass that is not finished continues where the last run ended.
 *
 * A pass never ends after the server's present: what is changed next would have an earlier time
 * than the changes that were made while its clock, or that of a device, was ahead.
 *
 * @param before where the last run ended
 */
export function beginPass(
  before: RecordPosition | undefined,
  { since, present = LATEST }: PassTimes,
  { field, overlapMs }: ChangeTime,
): Pass {
  // The server was upgraded. Its new times cannot be compared with the versions that were seen.
  const isBeforeUpgrade = before?.by === 'updatedAt' && field === 'dbUpdatedAt';
  const begin = isBeforeUpgrade ? afterUpgrade(before) : beginning(before, since, field, overlapMs);
  const isAhead = before?.endsAt !== undefined;
  const end = before && !isBeforeUpgrade && !isAhead ? before.updatedAt : begin.from;
  const limit = isAhead && before.endsAt! < present ? before.endsAt! : present;
  const seen = openSeenVersions(isBeforeUpgrade ? {} : before?.seen);
  let reached = begin;
  const know = (id: string, version: string) => {
    if (version !== '') seen.add(id, version);
  };
  return {
    begin,
    isKnown: ({ id, time }) => time !== '' && seen.has(id, time),
    know,
    handle({ id, time }, version) {
      know(id, version);
      reached = time === '' ? { ...begin, untimed: true, after: id } : { from: time, after: id };
    },
    reach(bound) {
      reached = bound;
    },
    position(isUnderWay) {
      const { from, after, untimed } = reached;
      // Within the overlap a pass begins before the position. At its end it has reached the
      // position, which may be ahead of the present by no more than the overlap.
      const reachedEnd = from < limit ? from : limit;
      const at = isUnderWay ? from : isAhead ? reachedEnd : later(reachedEnd, end);
      return {
        updatedAt: at,
        seen: seen.since(earlier(at, overlapMs)),
        ...(isUnderWay ? { underWay: true } : {}),
        ...(isUnderWay && after !== undefined ? { after } : {}),
        ...(isUnderWay && untimed ? { untimed } : {}),
        ...(isUnderWay && (isAhead || from > limit) ? { endsAt: limit } : {}),
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

/** Records written before the upgrade have only the old times. */
function afterUpgrade({ updatedAt }: RecordPosition): Bound {
  const { overlapMs } = chooseChangeTime(false, undefined);
  return { from: earlier(updatedAt, overlapMs), untimed: true };
}
