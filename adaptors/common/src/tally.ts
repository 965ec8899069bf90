/** One row of a tally: how many records share a location, a period and a code in every dimension. */
export interface TallyRow {
  /** Go.Data location id; empty when the record has none. */
  location: string;
  /** DHIS2 period id, `2026W10`. */
  period: string;
  /** One code a dimension, in the order of {@link Tally.dimensions}. */
  codes: string[];
  count: number;
}

/** A Go.Data location that a tally or one of its descendants uses. */
export interface TallyLocation {
  name: string;
  /** Parent location id; absent at a root. */
  parent?: string;
  /** Codes of `identifiers`, which may hold a DHIS2 code. */
  identifiers?: string[];
}

/**
 * Counts as they travel between steps. A million cases become some ten thousand numbers: rows are
 * grouped by location and period, and their codes are an index into `combinations`.
 */
export interface Tally {
  model: string;
  outbreak: { id: string; name: string };
  dateField: string;
  periodType: string;
  /** The periods asked for, first and last day included; `null` is open. */
  window: { from: string | null; until: string | null };
  dimensions: string[];
  combinations: string[][];
  /** location id → period id → `[combination index, count, combination index, count...]` */
  counts: Record<string, Record<string, number[]>>;
  locations: Record<string, TallyLocation>;
}

/**
 * Every row of a tally, location by location.
 *
 * @example
 * for (const { location, period, codes, count } of tallyRows(state.data)) { ... }
 */
export function* tallyRows(tally: Pick<Tally, 'counts' | 'combinations'>): Generator<TallyRow> {
  for (const [location, periods] of Object.entries(tally.counts)) {
    for (const [period, cells] of Object.entries(periods)) {
      for (let i = 0; i < cells.length; i += 2) {
        yield { location, period, codes: tally.combinations[cells[i]!]!, count: cells[i + 1]! };
      }
    }
  }
}
