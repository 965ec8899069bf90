import { configurationError } from '../reporting/errors.js';
import { dayNumber, requireUtcDayNumber } from './days.js';
import type { Period, PeriodType } from './period.js';
import { periodAt, spanToPeriod } from './period-of.js';
import { ruleOf } from './rules.js';

/**
 * The period of the day after a period's last day.
 *
 * BiWeekly, where a 27th period overlaps the first period of the next year: 2021BiW1 comes after
 * 2020BiW27, and 2020BiW27 before 2021BiW1, so no period is skipped in either direction.
 *
 * @throws IntegrationError `INVALID_DATE` (configuration) beyond the year 9999
 * @example
 * nextPeriod(periodOf('FinancialNov', '2020-10-31')).id; // 2021Nov
 */
export function nextPeriod(period: Period): Period {
  return periodAt(period.type, dayNumber(period.endDate) + 1);
}

/**
 * The period of the day before a period's first day; for BiWeekly see {@link nextPeriod}.
 *
 * @throws IntegrationError `INVALID_DATE` (configuration) before the year 1
 */
export function previousPeriod(period: Period): Period {
  return periodAt(period.type, dayNumber(period.startDate) - 1);
}

/**
 * Every period that the server gives for one of the days, oldest first; the first and the last may
 * reach beyond them. (BiWeekly: from 2021-01-05 this begins with 2021BiW1; 2020BiW27 ends on
 * 2021-01-10, but no day after 2021-01-03 is given to it.)
 *
 * @param from first day, `yyyy-MM-dd` or an ISO 8601 date-time
 * @param until last day, included; no period when it lies before `from`
 * @throws IntegrationError `INVALID_DATE`, `UNKNOWN_PERIOD_TYPE` (configuration)
 * @example
 * periodsBetween('Monthly', '2020-12-31', '2021-02-01'); // 202012, 202101, 202102
 */
export function periodsBetween(type: PeriodType, from: string, until: string): Period[] {
  const { spanAt } = ruleOf(type);
  const first = requireUtcDayNumber(from);
  const last = requireUtcDayNumber(until);
  if (last < first) return [];
  const periods: Period[] = [];
  // The end of a period does not tell whether it is the last one: the second week of a 27th bi-week
  // is given to the period after it.
  for (let span = spanAt(first); span.start <= last; span = spanAt(span.end + 1)) {
    periods.push(spanToPeriod(type, span));
  }
  return periods;
}

/**
 * The last periods up to a day, oldest first; the one that holds the day is the last.
 *
 * @param count how many, a whole number above 0
 * @param today `yyyy-MM-dd` or an ISO 8601 date-time
 * @throws IntegrationError `INVALID_COUNT`, `INVALID_DATE`, `UNKNOWN_PERIOD_TYPE` (configuration)
 * @example
 * lastPeriods('Weekly', 2, '2021-01-04'); // 2020W53, 2021W1
 */
export function lastPeriods(type: PeriodType, count: number, today: string): Period[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw configurationError('INVALID_COUNT', `${count} is not a number of periods.`, {
      fix: 'Give a whole number above 0.',
    });
  }
  const periods = [periodAt(type, requireUtcDayNumber(today))];
  while (periods.length < count) periods.push(previousPeriod(periods.at(-1)!));
  return periods.reverse();
}
