import type { Tally } from '#common/handover/tally.js';

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
