import type { TrackerPosition } from '#common/handover/fetched-tracked-entity-batch.js';
import { localMs, localTime } from '../local-time.js';
import type { Change } from './list-changes.js';

/** Tracked entities that a position remembers: half a megabyte of JSON. */
const MAX_SEEN = 10_000;

/** One way through the changes of a program, which may take several runs. */
export interface Pass {
  /** Time to begin at; undefined for the first change of all. */
  from: number | undefined;
  /** Whether this version has been dealt with. */
  isKnown(change: Pick<Change, 'trackedEntity' | 'updatedAt'>): boolean;
  /**
   * Notes that a change was dealt with; those before it were.
   *
   * @param version `updatedAt` of what was passed on; it may have been changed again since
   */
  handle(change: Change, version: string): void;
  /** Notes that all changes up to a time were dealt with, by this run or an earlier one. */
  reach(ms: number): void;
  /**
   * Where the next run goes on; undefined where nothing has ever been seen.
   *
   * @param isUnderWay whether this run leaves changes behind
   */
  position(isUnderWay: boolean): TrackerPosition | undefined;
}

/**
 * Begins a pass a little behind the last change that was seen, for changes that come into sight late:
 * of long transactions, or from a clock that was put back. A pass that is under way goes on where it
 * was left.
 *
 * @param before where the last run has ended
 * @param since first day of a first run, `yyyy-MM-dd`
 */
export function beginPass(
  before: TrackerPosition | undefined,
  since: string | undefined,
  overlapMs: number,
): Pass {
  const start = before ?? (since ? startOf(since) : undefined);
  const end = start && localMs(start.updatedAt)!;
  const from = end === undefined || start!.underWay ? end : end - overlapMs;
  const seen = new Map(Object.entries(start?.seen ?? {}));
  let reached: number | undefined;
  return {
    from,
    isKnown: ({ trackedEntity, updatedAt }) => seen.get(trackedEntity) === updatedAt,
    handle({ trackedEntity, ms }, version) {
      seen.set(trackedEntity, version);
      reached = ms;
    },
    reach(ms) {
      reached = ms;
    },
    position(isUnderWay) {
      // Within the overlap a pass begins behind the position; at its end it is no longer behind.
      const at = isUnderWay ? (reached ?? from) : Math.max(reached ?? -Infinity, end ?? -Infinity);
      if (at === undefined || at === -Infinity) return undefined;
      return {
        updatedAt: localTime(at),
        seen: recent(seen, at, overlapMs),
        ...(isUnderWay ? { underWay: true } : {}),
      };
    },
  };
}

function startOf(day: string): TrackerPosition {
  return { updatedAt: `${day}T00:00:00.000`, seen: {}, underWay: true };
}

/**
 * What the next run may meet again: versions within the overlap, the newest of them. Those of the very
 * time that it goes on from are all kept, or it would never come past them.
 */
function recent(
  seen: ReadonlyMap<string, string>,
  at: number,
  overlapMs: number,
): Record<string, string> {
  const versions = [...seen]
    .map(([id, updatedAt]) => ({ id, updatedAt, ms: localMs(updatedAt) ?? at }))
    .filter(({ ms }) => ms >= at - overlapMs);
  const present = versions.filter(({ ms }) => ms === at);
  const others = versions.filter(({ ms }) => ms !== at).sort((a, b) => b.ms - a.ms);
  const kept = [...present, ...others.slice(0, Math.max(0, MAX_SEEN - present.length))];
  return Object.fromEntries(kept.map(({ id, updatedAt }) => [id, updatedAt]));
}
