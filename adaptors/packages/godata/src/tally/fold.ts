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
  add(person: PersonRecord): void;
  /** Number of counted records. */
  readonly counted: number;
  readonly leftOut: LeftOutLedger;
  /** Ids of the locations of the counted records. */
  locationIds(): string[];
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
  const leftOut = createLeftOutLedger();
  const codes = new Array<string>(dimensions.length);
  let counted = 0;

  return {
    leftOut,
    get counted() {
      return counted;
    },
    add(person) {
      const dated = readDate(person[dateField]);
      const location = String(locator.code(person) ?? '');
      if ('reason' in dated) {
        leftOut.add(dated.reason, location);
        return;
      }
      for (let i = 0; i < dimensions.length; i += 1) {
        codes[i] = toCode(dimensions[i]!.code(person, dated));
      }
      const combination = combinations.numberOf(codes);
      if (combination >= MAX_COMBINATIONS) throw tooFine(options);
      cells.add(locations.numberOf(location), periods.numberOf(dated.period.id), combination);
      counted += 1;
    },
    locationIds: () => locations.list.filter(id => id !== ''),
    rows: () => ({
      dimensions: Object.keys(options.dimensions),
      combinations: combinations.list,
      counts: byPlace(cells, locations.list, periods.list),
    }),
  };
}

/** Numbers texts, from 0, in the order of their first occurrence. */
function createNumbering() {
  const list: string[] = [];
  return { list, numberOf: remember(Infinity, text => list.push(text) - 1) };
}

function byPlace(cells: CellCounts, locations: string[], periods: string[]): Tally['counts'] {
  const places = new Map<string, Map<string, number[]>>();
  for (const { location, period, combination, count } of cells.list()) {
    const rows = getOrCreate(places, locations[location]!, () => new Map<string, number[]>());
    getOrCreate(rows, periods[period]!, (): number[] => []).push(combination, count);
  }
  return Object.fromEntries(
    [...places].map(([location, rows]) => [location, Object.fromEntries(rows)]),
  );
}

function tooFine({ dimensions }: FoldOptions): IntegrationError {
  return configurationError(
    'TALLY_TOO_FINE',
    `The dimensions ${Object.keys(dimensions).join(', ')} have more than a million combinations of codes.`,
    { fix: 'Group the values of the dimension that gives almost every record its own code.' },
  );
}
