import type { Tally } from '#common/handover/tally.js';
import { type PeriodType, parsePeriod, periodsBetween } from '#common/periods/index.js';

/** Counts by period, once for each dimension. */
export interface Curve {
  /** What is counted, in the plural: `cases`. */
  things: string;
  dateField: string;
  periodType: string;
  /** Without a gap, in the order of time. */
  periods: string[];
  /** Dimension → code → a count for each period. */
  dimensions: Record<string, Record<string, number[]>>;
}

/** More periods than a picture can show: the latest ones stay. */
const MAX_PERIODS = 400;

/** The epidemic curve of the counts; undefined if nothing was counted. */
export function toCurve(tally: Tally): Curve | undefined {
  const periods = allPeriods(tally);
  if (periods.length === 0) return undefined;
  const indexes = new Map(periods.map((period, index) => [period, index]));
  const dimensions = Object.fromEntries(
    tally.dimensions.map(name => [name, {} as Record<string, number[]>]),
  );
  for (const [combination, counts] of byCombination(tally, indexes)) {
    tally.combinations[combination]!.forEach((code, dimension) => {
      const codes = dimensions[tally.dimensions[dimension]!]!;
      codes[code] ??= periods.map(() => 0);
      const sums = codes[code];
      for (const [at, count] of counts.entries()) sums[at]! += count;
    });
  }
  const { model: things, dateField, periodType } = tally;
  return { things, dateField, periodType, periods, dimensions };
}

/** Over all locations, of which there may be thousands: combination → a count for each period. */
function byCombination(
  { counts }: Tally,
  indexes: ReadonlyMap<string, number>,
): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  for (const rows of Object.values(counts)) {
    for (const [period, row] of Object.entries(rows)) {
      const at = indexes.get(period);
      if (at === undefined) continue;
      for (let i = 0; i < row.length; i += 2) {
        const own = sums.get(row[i]!) ?? Array<number>(indexes.size).fill(0);
        sums.set(row[i]!, own);
        own[at]! += row[i + 1]!;
      }
    }
  }
  return sums;
}

function allPeriods({ counts, periodType }: Tally): string[] {
  const used = new Set(Object.values(counts).flatMap(rows => Object.keys(rows)));
  const days = [...used].flatMap(id => parsePeriod(id) ?? []);
  if (days.length === 0) return [];
  const starts = days.map(({ startDate }) => startDate).sort();
  const all = periodsBetween(periodType as PeriodType, starts[0]!, starts.at(-1)!);
  return all.map(({ id }) => id).slice(-MAX_PERIODS);
}
