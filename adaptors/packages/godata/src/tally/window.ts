import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import {
  dayNumber,
  dayOf,
  isDay,
  lastPeriods,
  type PeriodType,
  periodOf,
} from '#common/periods/index.js';

/**
 * Which periods to count: all; the last ones, with the current period unless only `ended` periods
 * are wanted; or those with the days from `since` to `until`.
 */
export type TallyWindow =
  | 'all'
  | { last: number; ended?: boolean }
  | { since?: string; until?: string };

/** First and last day of the counted periods. Null means no bound. */
export interface WindowDays {
  from: string | null;
  until: string | null;
}

/**
 * Extends a window to whole periods: half a week must not be reported as a week.
 *
 * @param today the run's day, `yyyy-MM-dd`
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function windowDays(window: TallyWindow, type: PeriodType, today: string): WindowDays {
  if (window === 'all') return { from: null, until: null };
  if (typeof window !== 'object' || window === null) {
    throw badOption(
      'window',
      "must be 'all', or have last, or since and until",
      'For example { last: 12 }.',
    );
  }
  refuseUnknownKeys('window', window, 'last' in window ? ['last', 'ended'] : ['since', 'until']);
  if ('last' in window) {
    if (!Number.isInteger(window.last) || window.last < 1) {
      throw badOption('window.last', 'must be a whole number above 0', 'For example { last: 12 }.');
    }
    const periods = lastPeriods(type, window.last + (window.ended ? 1 : 0), today);
    if (window.ended) periods.pop();
    return { from: periods[0]!.startDate, until: periods.at(-1)!.endDate };
  }
  for (const key of ['since', 'until'] as const) {
    if (window[key] !== undefined && !isDay(window[key])) {
      throw badOption(`window.${key}`, 'must be a day', "For example '2026-01-31'.");
    }
  }
  const from = window.since === undefined ? null : periodOf(type, window.since).startDate;
  const until = window.until === undefined ? null : periodOf(type, window.until).endDate;
  if (from && until && from > until) throw badOption('window', 'since is after until');
  return { from, until };
}

/** The next day, for a bound that is excluded. */
export function dayAfter(day: string | null): string | null {
  return day === null ? null : dayOf(dayNumber(day) + 1);
}
