import {
  dayNumber,
  dayOf,
  type PeriodType,
  parsePeriod,
  periodsBetween,
} from '../../../../common/src/periods/index.js';
import type { AggregateReport } from '../aggregate/report-data.js';
import type { Target } from './target.js';

/** A part of the report's time that is read with one request: periods by id, or all within days. */
export type TimeSlice = { periods: string[] } | { startDate: string; endDate: string };

/** What "no bound" means to a server that wants two dates. */
const EVER = { from: '1900-01-01', until: '2100-12-31' };
/** Values that one request may bring, about; some 5 MB of JSON. */
const MAX_VALUES = 9_000;
const MAX_PERIODS = 40;

/**
 * Cuts the window into slices that each fit into memory. Periods with counts are read by id; what
 * lies before and after them in the window may hold values whose cases have since been moved or
 * deleted, and is read by date.
 */
export function timeSlices(report: AggregateReport, target: Target): TimeSlice[] {
  const from = report.window.from ?? EVER.from;
  const until = report.window.until ?? EVER.until;
  const days = countedDays(report);
  if (!days) return [{ startDate: from, endDate: until }];
  const type = report.periodType as PeriodType;
  const ids = periodsBetween(type, days.first, days.last).map(({ id }) => id);
  const size = periodsARequest(target);
  const slices: TimeSlice[] = [];
  if (from < days.first)
    slices.push({ startDate: from, endDate: dayOf(dayNumber(days.first) - 1) });
  for (let i = 0; i < ids.length; i += size) slices.push({ periods: ids.slice(i, i + size) });
  if (days.last < until)
    slices.push({ startDate: dayOf(dayNumber(days.last) + 1), endDate: until });
  return slices;
}

/** How many periods of the report are read with one request. */
export function periodsARequest({ dataSet, elements }: Target): number {
  const cells = elements.reduce((sum, { combos }) => sum + combos.length, 0);
  const perPeriod = Math.max(1, dataSet.organisationUnits.length * cells);
  return Math.min(MAX_PERIODS, Math.max(1, Math.floor(MAX_VALUES / perPeriod)));
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

/** The org units whose subtrees are read: the account's, or for one that has none the trees of the report. */
export function scopeRoots({ orgUnits }: AggregateReport, { account }: Target): string[] {
  if (account.captureRoots.length > 0) return account.captureRoots;
  return [
    ...new Set(Object.values(orgUnits).map(({ path }) => path.split('/').find(id => id !== '')!)),
  ];
}
