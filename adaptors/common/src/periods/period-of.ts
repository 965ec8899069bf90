import { dayOf, requireUtcDayNumber } from './days.js';
import type { Period, PeriodType } from './period.js';
import type { Span } from './rule.js';
import { ruleOf } from './rules.js';

/**
 * The period that the server gives for a date. Any day of {@link isDay} is accepted. The periods of
 * the years 1 and 9999 may reach into a year that no id names.
 *
 * @param day `yyyy-MM-dd`, or an ISO 8601 date-time: its UTC day counts
 * @throws IntegrationError `INVALID_DATE`, `UNKNOWN_PERIOD_TYPE` (configuration)
 * @example
 * periodOf('Weekly', '2021-01-03'); // { id: '2020W53', type: 'Weekly', startDate: '2020-12-28', ... }
 */
export function periodOf(type: PeriodType, day: string): Period {
  return periodAt(type, requireUtcDayNumber(day));
}

/**
 * {@link periodOf} for a day given as a number.
 *
 * @param number days since 1970-01-01
 * @throws IntegrationError `UNKNOWN_PERIOD_TYPE` (configuration)
 */
export function periodAt(type: PeriodType, number: number): Period {
  return spanToPeriod(type, ruleOf(type).spanAt(number));
}

/** Writes the bounds of a span as days. */
export function spanToPeriod(type: PeriodType, { id, start, end }: Span): Period {
  return { id, type, startDate: dayOf(start), endDate: dayOf(end) };
}
