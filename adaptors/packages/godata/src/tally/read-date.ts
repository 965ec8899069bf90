import { remember } from '#common/collections/remember.js';
import {
  dayNumber,
  dayOf,
  type Period,
  type PeriodType,
  periodOf,
  utcDayNumber,
} from '#common/periods/index.js';
import type { WindowDays } from './window.js';

/** The day and the period of a record, or the reason why it is not counted. */
export type Dated =
  | { day: string; period: Period }
  | { reason: 'no-date' | 'invalid-date' | 'future-date' | 'outside-window' };

/** Earlier days are typing errors, 0026 or 1926 for 2026: Go.Data began in 2019. */
const EARLIEST_DAY = '2000-01-01';
/**
 * Maximum number of dates to remember: the days of 27 years. With a time of day, almost every record
 * has a different date.
 */
const MAX_TEXTS = 10_000;

/**
 * Creates the function that reads the date of a record by its UTC day (godata FACTS §5.7). It
 * computes each day once: an outbreak has a few hundred days and up to a million records.
 *
 * @param today the day of the run. Later days are left out, except the next day if it is in the
 * same period: clocks east of Greenwich are up to 14 hours ahead
 */
export function createDateReader(periodType: PeriodType, days: WindowDays, today: string) {
  const present = periodOf(periodType, today);
  const tomorrow = dayOf(dayNumber(today) + 1);

  function classify(number: number): Dated {
    const day = dayOf(number);
    if (day < EARLIEST_DAY) return { reason: 'invalid-date' };
    const period = periodOf(periodType, day);
    if (day > today && (day > tomorrow || period.id !== present.id))
      return { reason: 'future-date' };
    // Compares periods, not days: the 27th bi-week has days that count in the next year.
    const inside =
      (!days.from || period.startDate >= days.from) &&
      (!days.until || period.endDate <= days.until);
    return inside ? { day, period } : { reason: 'outside-window' };
  }

  const read = remember(MAX_TEXTS, (text): Dated => {
    const number = utcDayNumber(text);
    return number === undefined ? { reason: 'invalid-date' } : classify(number);
  });

  return (value: unknown): Dated => {
    if (value === null || value === undefined || value === '') return { reason: 'no-date' };
    return read(String(value));
  };
}
