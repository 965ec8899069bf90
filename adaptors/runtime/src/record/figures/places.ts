import type { Tally } from '#common/handover/tally.js';
import type { LeftOut, StepReport } from '#common/reporting/report.js';

/** A location of Go.Data with what was counted there. */
export interface Place {
  id: string;
  name: string;
  /** Its own coordinates, or those of the nearest location above it that has some. */
  point?: { lat: number; lng: number };
  count: number;
  /** How many of them have an org unit that reports for the location. */
  placed: number;
}

/** Where the counts are. */
export interface Places {
  things: string;
  /** The largest first. */
  list: Place[];
}

/** Reasons that a location gives, and not a code. */
const OF_PLACE = new Set(['unmapped-location', 'unassigned-location', 'above-level']);
/** More places than a map can show: the largest ones stay. */
const MAX_PLACES = 2000;

/** Places of which it is not known yet how many records have an org unit. */
export interface CountedPlaces {
  things: string;
  list: Omit<Place, 'placed'>[];
}

/** Counts by location, the largest first; undefined if no record has a location. */
export function countPlaces(tally: Tally): CountedPlaces | undefined {
  const list = Object.entries(tally.counts)
    .filter(([id]) => id !== '')
    .map(([id, periods]) => {
      const count = Object.values(periods).reduce((sum, row) => sum + countsIn(row), 0);
      const point = pointOf(tally, id);
      const { name = id } = tally.locations[id] ?? {};
      return { id, name, ...(point ? { point } : {}), count };
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PLACES);
  return list.length > 0 ? { things: tally.model, list } : undefined;
}

/** Adds how many records have an org unit. */
export function toPlaces(
  { things, list }: CountedPlaces,
  report: Record<string, StepReport>,
): Places {
  const missing = missingAt(Object.values(report).flatMap(({ leftOut = [] }) => leftOut));
  const placedOf = ({ id, count }: Omit<Place, 'placed'>) =>
    Math.max(0, count - (missing.get(id) ?? 0));
  return { things, list: list.map(place => ({ ...place, placed: placedOf(place) })) };
}

/** A row has pairs of a combination and a count. */
function countsIn(row: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < row.length; i += 2) sum += row[i]!;
  return sum;
}

/** Location id → records without an org unit. A subject is the id, with the name behind it. */
function missingAt(leftOut: readonly LeftOut[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reason, subject, count } of leftOut) {
    if (!OF_PLACE.has(reason)) continue;
    const id = subject.split(' ')[0]!;
    counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}

function pointOf({ locations }: Tally, id: string): Place['point'] {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
    const location: Tally['locations'][string] | undefined = locations[at];
    if (location?.point) return location.point;
    seen.add(at);
    at = location?.parent;
  }
  return undefined;
}
