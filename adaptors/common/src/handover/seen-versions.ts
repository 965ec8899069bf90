import { sha256 } from '../identity/sha256.js';

/** Signs of a mark, the first 48 bits of a hash: two versions share one with a chance of 1 in 10^14. */
const WIDTH = 8;
/** The first signs of an ISO 8601 time: its hour. */
const HOUR = 13;
/**
 * Maximum number of versions that a position remembers, those of the last hour excepted: 400 KB. With
 * fewer than change within the overlap, each run reads the others again, and a pass of several runs
 * does not end.
 */
const MAX_SEEN = 50_000;

/**
 * Versions of records that were handled: hour → the marks of the versions of that hour, one after
 * the other, those handled last at the end. A mark takes a fifth to a tenth of the room of an id and
 * a time.
 */
export type StoredVersions = Record<string, string>;

/** Remembers which versions of records were handled. */
export interface SeenVersions {
  has(id: string, time: string): boolean;
  add(id: string, time: string): void;
  /**
   * The versions from a time on, as a state holds them: whole hours, the latest whatever their number,
   * earlier ones while there is room.
   *
   * @param time ISO 8601
   */
  since(time: string): StoredVersions;
}

/**
 * Opens the versions of a position. Those of a state of an earlier version of this program are
 * times by id.
 *
 * @example
 * openSeenVersions({ 'case-1': '2026-11-03T10:00:00.000Z' }).has('case-1', '2026-11-03T10:00:00.000Z'); // true
 */
export function openSeenVersions(stored: Readonly<StoredVersions> = {}): SeenVersions {
  const hours = new Map<string, Set<string>>();
  const marksOf = (hour: string) => {
    const marks = hours.get(hour) ?? new Set<string>();
    hours.set(hour, marks);
    return marks;
  };
  const add = (id: string, time: string) => marksOf(time.slice(0, HOUR)).add(markOf(id, time));
  for (const [key, value] of Object.entries(stored)) {
    if (isTime(value)) add(key, value);
    else
      for (let at = 0; at < value.length; at += WIDTH)
        marksOf(key).add(value.slice(at, at + WIDTH));
  }
  return {
    add,
    has: (id, time) => hours.get(time.slice(0, HOUR))?.has(markOf(id, time)) ?? false,
    since(time) {
      const first = time.slice(0, HOUR);
      const kept: [string, string][] = [];
      let count = 0;
      for (const hour of [...hours.keys()]
        .filter(one => one >= first)
        .sort()
        .reverse()) {
        const marks = marksOf(hour);
        count += marks.size;
        if (kept.length > 0 && count > MAX_SEEN) break;
        kept.push([hour, [...marks].join('')]);
      }
      return Object.fromEntries(kept.reverse());
    },
  };
}

function markOf(id: string, time: string): string {
  const bytes = Buffer.from(sha256(`${id} ${time}`).slice(0, 12), 'hex');
  return bytes.toString('base64');
}

function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:/.test(value);
}
