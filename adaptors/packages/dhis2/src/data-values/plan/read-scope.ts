import type { AggregateReport } from '#common/handover/aggregate-report.js';
import { readAhead } from '#common/in-flight/read-ahead.js';
import {
  dayNumber,
  dayOf,
  type PeriodType,
  parsePeriod,
  periodOf,
  periodsBetween,
} from '#common/periods/index.js';
import type { Dhis2Client } from '../../client/client.js';
import type { Target } from '../mapping/target.js';
import { type ReadTarget, readCurrentValues, type StoredValue } from './current-values.js';
import type { TimeSlice } from './time-slice.js';

/** A slice of time, and the server's values of the report's data elements in it. */
export interface ReadSlice {
  slice: TimeSlice;
  values: StoredValue[];
}

/** No record before this day is counted, so no run has written an earlier value. */
const EARLIEST_DAY = '2000-01-01';
/** Most values that one answer should have: about 3 MB of JSON. */
const MAX_VALUES = 10_000;
/** Most periods in one URL. */
const MAX_PERIODS = 40;

/** Number of periods in one request. It adapts to the size of the answers. */
interface Pace {
  periods: number;
}

/**
 * Reads the values of the report's cells slice by slice, so that each slice fits in memory. Periods
 * with counts come first, by id. Periods of the window before and after them may have values whose
 * cases were moved or deleted since. They are mostly empty, so they are read in steps that grow.
 */
export async function* readScope(
  client: Dhis2Client,
  report: AggregateReport,
  target: Target,
): AsyncGenerator<ReadSlice> {
  const type = report.periodType as PeriodType;
  const pace: Pace = { periods: firstPace(target) };
  const counted = countedDays(report);
  if (counted)
    yield* readPeriods(
      client,
      target,
      periodsBetween(type, counted.first, counted.last).map(({ id }) => id),
      pace,
    );
  const from = report.window.from ?? EARLIEST_DAY;
  // A report of an earlier day must not change what later reports have written.
  const until = report.window.until ?? periodOf(type, report.today).endDate;
  if (counted) {
    yield* readDays(
      client,
      report,
      target,
      { from: dayOf(dayNumber(counted.last) + 1), until },
      pace,
    );
  }
  const last = counted ? dayOf(dayNumber(counted.first) - 1) : until;
  yield* readDays(client, report, target, { from, until: last }, pace);
}

/** Reads periods by id, several in one request, and several requests at a time. */
export async function* readPeriods(
  client: Dhis2Client,
  target: ReadTarget,
  ids: readonly string[],
  pace: Pace = { periods: firstPace(target) },
): AsyncGenerator<ReadSlice & { slice: { periods: string[] } }> {
  const read = async (slice: { periods: string[] }) => {
    const { values, received } = await readCurrentValues(client, target, slice);
    adjust(pace, slice.periods.length, received);
    return { slice, values };
  };
  const slices = slicesOf(ids, target, pace);
  // The first answer sets the pace of those that are requested together.
  const first = slices.next();
  if (!first.done) yield await read(first.value);
  yield* readAhead(slices, read);
}

/** Slices of periods, each as large as the pace is when it is taken. */
function* slicesOf(
  ids: readonly string[],
  target: ReadTarget,
  pace: Pace,
): Generator<{ periods: string[] }> {
  // Even where the server has no values, the plan may fill every cell.
  const most = Math.min(4 * firstPace(target), MAX_PERIODS);
  for (let i = 0; i < ids.length; ) {
    const slice = { periods: ids.slice(i, i + Math.min(pace.periods, most)) };
    i += slice.periods.length;
    yield slice;
  }
}

/** Reads the periods that begin within a range of days, from the last one back. */
async function* readDays(
  client: Dhis2Client,
  { periodType }: AggregateReport,
  target: Target,
  { from, until }: { from: string; until: string },
  pace: Pace,
): AsyncGenerator<ReadSlice> {
  for (let end = dayNumber(until); end >= dayNumber(from); ) {
    const { startDate, endDate } = periodOf(periodType as PeriodType, dayOf(end));
    const length = dayNumber(endDate) - dayNumber(startDate) + 1;
    const start = Math.max(dayNumber(from), end - pace.periods * length + 1);
    // The server returns only periods that lie wholly within the range, and the last period ends
    // after the slice.
    const asked = { startDate: dayOf(start), endDate: dayOf(end + length) };
    const { values, received } = await readCurrentValues(client, target, asked);
    const own = values.filter(
      ({ period }) => (parsePeriod(period)?.startDate ?? '9999') <= dayOf(end),
    );
    const isEmpty = own.length === 0 && received < MAX_VALUES / 4;
    adjust(pace, Math.ceil((end - start + 1) / length), isEmpty ? 0 : received);
    yield { slice: { startDate: dayOf(start), endDate: dayOf(end) }, values: own };
    end = start - 1;
  }
}

/**
 * Number of periods that would fit in one answer if every cell of the data set had a value in every
 * org unit.
 */
function firstPace({ dataSet, cellsAPlace }: ReadTarget): number {
  return Math.max(
    1,
    Math.floor(MAX_VALUES / Math.max(1, dataSet.organisationUnits.length * cellsAPlace)),
  );
}

/**
 * Adapts the pace to an answer. Several requests may have been sent at the same pace, so each counts
 * by its own number of periods.
 */
function adjust(pace: Pace, asked: number, values: number): void {
  if (values > MAX_VALUES) {
    pace.periods = Math.min(pace.periods, Math.max(1, Math.floor(asked / 2)));
  } else if (values < MAX_VALUES / 4) {
    pace.periods = Math.max(pace.periods, asked * (values === 0 ? 8 : 2));
  }
}

/** First and last day of the periods that have a count. */
function countedDays({ values }: AggregateReport): { first: string; last: string } | undefined {
  let days: { first: string; last: string } | undefined;
  for (const id of new Set(Object.values(values).flatMap(periods => Object.keys(periods)))) {
    const { startDate, endDate } = parsePeriod(id)!;
    if (!days) days = { first: startDate, last: endDate };
    if (startDate < days.first) days.first = startDate;
    if (endDate > days.last) days.last = endDate;
  }
  return days;
}
