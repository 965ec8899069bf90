import type { TrackerPosition } from '#common/handover/fetched-tracked-entity-batch.js';
import { openSeenVersions } from '#common/handover/seen-versions.js';
import { localMs, localTime } from '../local-time.js';
import type { Change } from './list-changes.js';

/** One pass through the changes of a program, which may take several runs. */
export interface Pass {
  /** Time to begin at; undefined for the very first change. */
  from: number | undefined;
  /** Whether this version was already passed on. */
  isKnown(change: Pick<Change, 'trackedEntity' | 'updatedAt'>): boolean;
  /**
   * Records that a change was handled, and with it all before it.
   *
   * @param version `updatedAt` of what was passed on; it may have changed again since
   */
  handle(change: Change, version: string): void;
  /** Records that all changes up to a time were handled, by this run or an earlier one. */
  reach(ms: number): void;
  /**
   * Where the next run continues; undefined if nothing was ever seen.
   *
   * @param isUnderWay whether this run leaves changes for the next one
   */
  position(isUnderWay: boolean): TrackerPosition | undefined;
}

/** The times that a pass needs. */
export interface PassTimes {
  /** First day of a first run, `yyyy-MM-dd`. */
  since: string | undefined;
  overlapMs: number;
  /** The server's present, as `localMs` reads it; undefined if it does not tell it. */
  present: number | undefined;
}

/**
 * Begins a pass a little before the last change that was seen, because a change can become visible
 * late: from a long transaction, or from a clock that was set back. An unfinished pass continues
 * where it stopped.
 *
 * A pass never ends after the server's present: what is changed next would have an earlier time
 * than the changes that were made while the server's clock was ahead.
 *
 * @param before where the last run ended
 */
export function beginPass(
  before: TrackerPosition | undefined,
  { since, overlapMs, present = Number.POSITIVE_INFINITY }: PassTimes,
): Pass {
  const start = before ?? (since ? startOf(since) : undefined);
  const end = start && localMs(start.updatedAt)!;
  const from = end === undefined || start!.underWay ? end : end - overlapMs;
  const seen = openSeenVersions(start?.seen);
  // Within the overlap the former position may be ahead of the present, and stays: nothing is lost.
  const limit = Math.min(localMs(before?.endsAt) ?? Number.POSITIVE_INFINITY, present);
  let reached: number | undefined;
  const positionAt = (at: number) => ({
    updatedAt: localTime(at),
    seen: seen.since(localTime(at - overlapMs)),
  });
  return {
    from,
    isKnown: ({ trackedEntity, updatedAt }) => seen.has(trackedEntity, updatedAt),
    handle({ trackedEntity, ms }, version) {
      seen.add(trackedEntity, version);
      reached = ms;
    },
    reach(ms) {
      reached = ms;
    },
    position(isUnderWay) {
      if (!isUnderWay) {
        // Within the overlap a pass is behind the former position; at its end it is not.
        const behind = before?.endsAt === undefined ? end : undefined;
        const at = Math.max(Math.min(reached ?? -Infinity, limit), behind ?? -Infinity);
        return at === -Infinity ? undefined : positionAt(at);
      }
      const at = reached ?? from;
      if (at === undefined) return undefined;
      const isAhead = at > limit || before?.endsAt !== undefined;
      return {
        ...positionAt(at),
        underWay: true,
        ...(isAhead ? { endsAt: localTime(limit) } : {}),
      };
    },
  };
}

function startOf(day: string): TrackerPosition {
  return { updatedAt: `${day}T00:00:00.000`, seen: {}, underWay: true };
}
