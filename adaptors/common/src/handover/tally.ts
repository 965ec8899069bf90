/** A location of Go.Data that has counts, or is above one that has. */
export interface TallyLocation {
  name: string;
  /** Parent location id; absent at a root. */
  parent?: string;
  /** Codes of `identifiers`, which may hold a DHIS2 code. */
  identifiers?: string[];
  /** Its coordinates; only in a {@link Tally}, for a map. */
  point?: { lat: number; lng: number };
}

/**
 * Counts as they travel between steps. A million cases become about ten thousand numbers: counts
 * are grouped by location and period, and their codes are an index into `combinations`. Written by
 * `tally`, read by `aggregate` (README.md).
 */
export interface Tally {
  model: string;
  outbreak: { id: string; name: string };
  dateField: string;
  periodType: string;
  /** The periods asked for, first and last day included; `null` is open. */
  window: { from: string | null; until: string | null };
  /** The day that counts as today; later records are left out. */
  today: string;
  dimensions: string[];
  combinations: string[][];
  /** location id → period id → `[combination index, count, combination index, count...]` */
  counts: Record<string, Record<string, number[]>>;
  locations: Record<string, TallyLocation>;
  /** Records that were read and are not in the counts, by reason: `{ "no-date": 3 }`. */
  leftOut?: Record<string, number>;
  /** Dimension → all codes that it can give; without an entry, it can give any code. */
  codes?: Record<string, readonly string[]>;
}
