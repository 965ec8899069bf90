import { getOrCreate } from '#common/collections/get-or-create.js';
import { remember } from '#common/collections/remember.js';
import type { Tally } from '#common/handover/tally.js';
import type { PeriodType } from '#common/periods/index.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { createLeftOutLedger, type LeftOutLedger } from '#common/reporting/left-out.js';
import type { PersonRecord } from '../client/requests/people.js';
import { type CellCounts, createCellCounts } from './cell-counts.js';
import { createCombinations } from './combinations.js';
import { type Dimension, toCode } from './dimension.js';
import type { Locator } from './locate.js';
import { createDateReader } from './read-date.js';
import type { WindowDays } from './window.js';

/** How to count records. */
export interface FoldOptions {
  dateField: string;
  periodType: PeriodType;
  days: WindowDays;
  /** The day of the run. Later records are left out. */
  today: string;
  dimensions: Record<string, Dimension>;
  locator: Locator;
}

/**
 * Counts records one by one. Its size depends on the number of rows, not on the number of records.
 */
export interface Fold {
  /**
   * Where a record is counted, as a number for `add`. It counts nothing: pages are read side by side
   * and share records, and after a lost connection a page is read again.
   */
  sort(person: PersonRecord): number;
  add(place: number): void;
  /** Number of counted records. */
  readonly counted: number;
  readonly leftOut: LeftOutLedger;
  rows(): Pick<Tally, 'dimensions' | 'combinations' | 'counts'>;
}

/**
 * Maximum number of combinations of codes. More of them mean that a dimension gives each record its
 * own code.
 */
const MAX_COMBINATIONS = 2 ** 20;

/** Creates an empty fold. */
export function createFold(options: FoldOptions): Fold {
  const { dateField, locator } = options;
  const dimensions = Object.values(options.dimensions);
  const readDate = createDateReader(options.periodType, options.days, options.today);
  const combinations = createCombinations(dimensions.length);
  const locations = createNumbering();
  const periods = createNumbering();
  const cells = createCellCounts();
  // Why records are left out, and where: their places are numbered from -1 down.
  const reasons: [reason: string, location: string][] = [];
  const refused = new Map<string, number>();
  const leftOut = createLeftOutLedger();
  const codes = new Array<string>(dimensions.length);
  let counted = 0;

  return {
    leftOut,
    get counted() {
      return counted;
    },
    sort(person) {
      const dated = readDate(person[dateField]);
      const location = String(locator.code(person) ?? '');
      if ('reason' in dated) {
        const { reason } = dated;
        return getOrCreate(
          refused,
          `${reason} ${location}`,
          () => -reasons.push([reason, location]),
        );
      }
      for (let i = 0; i < dimensions.length; i += 1) {
        codes[i] = toCode(dimensions[i]!.code(person, dated));
      }
      const combination = combinations.numberOf(codes);
      if (combination >= MAX_COMBINATIONS) throw tooFine(options);
      return cells.numberOf(
        locations.numberOf(location),
        periods.numberOf(dated.period.id),
        combination,
      );
    },
    add(place) {
      if (place < 0) {
        leftOut.add(...reasons[-1 - place]!);
        return;
      }
      cells.add(place);
      counted += 1;
    },
    rows: () => ({
      dimensions: Object.keys(options.dimensions),
      ...inOrder(cells, combinations.list, locations.list, periods.list),
    }),
  };
}

/** Numbers texts, from 0, in the order of their first occurrence. */
function createNumbering() {
  const list: string[] = [];
  return { list, numberOf: remember(Infinity, text => list.push(text) - 1) };
}

/** The counts in the order of the counted records, whatever the order in which they were sorted. */
function inOrder(
  cells: CellCounts,
  combinations: string[][],
  locations: string[],
  periods: string[],
): Pick<Tally, 'combinations' | 'counts'> {
  const used = new Map<number, number>();
  const places = new Map<string, Map<string, number[]>>();
  for (const { location, period, combination, count } of cells.list()) {
    const rows = getOrCreate(places, locations[location]!, () => new Map<string, number[]>());
    const row = getOrCreate(rows, periods[period]!, (): number[] => []);
    row.push(
      getOrCreate(used, combination, () => used.size),
      count,
    );
  }
  return {
    combinations: [...used.keys()].map(number => combinations[number]!),
    counts: Object.fromEntries(
      [...places].map(([location, rows]) => [location, Object.fromEntries(rows)]),
    ),
  };
}

function tooFine({ dimensions }: FoldOptions): IntegrationError {
  return configurationError(
    'TALLY_TOO_FINE',
    `The dimensions ${Object.keys(dimensions).join(', ')} have more than a million combinations of codes.`,
    { fix: 'Group the values of the dimension that gives almost every record its own code.' },
  );
}
