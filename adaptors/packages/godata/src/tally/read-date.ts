import { getOrCreate } from '#common/collections/get-or-create.js';
import {
  dayNumber,
  dayOf,
  type Period,
  type PeriodType,
  periodOf,
  utcDayNumber,
} from '#common/periods/index.js';
import type { WindowDays } from './window.js';

/** A record's day and period, or why it has none that counts. */
export type Dated =
  | { day: string; period: Period }
  | { reason: 'no-date' | 'invalid-date' | 'future-date' | 'outside-window' };

/** Days before this are slips of the pen, 0026 or 1926 for 2026: Go.Data is of 2019. */
const EARLIEST_DAY = '2000-01-01';
/** Dates that are remembered: those of 27 years, or some thousand with a time of day. */
const MAX_TEXTS = 10_000;

/**
 * Creates the function that dates records by their UTC day (godata FACTS §5.7). Each day is worked out
 * once: an outbreak has some hundred days and a million records.
 *
 * @param today the run's day. Later ones are left out, but for the next one within the same period:
 * clocks east of Greenwich are up to 14 hours ahead
 */
export function createDateReader(periodType: PeriodType, days: WindowDays, today: string) {
  const byText = new Map<string, Dated>();
  const present = periodOf(periodType, today);
  const tomorrow = dayOf(dayNumber(today) + 1);

  function classify(number: number): Dated {
    const day = dayOf(number);
    if (day < EARLIEST_DAY) return { reason: 'invalid-date' };
    const period = periodOf(periodType, day);
    if (day > today && (day > tomorrow || period.id !== present.id))
      return { reason: 'future-date' };
    // By its period, not by the day: a 27th bi-week reaches into days that count in the next year.
    const inside =
      (!days.from || period.startDate >= days.from) &&
      (!days.until || period.endDate <= days.until);
    return inside ? { day, period } : { reason: 'outside-window' };
  }

  function read(text: string): Dated {
    const number = utcDayNumber(text);
    return number === undefined ? { reason: 'invalid-date' } : classify(number);
  }

  return (value: unknown): Dated => {
    if (value === null || value === undefined || value === '') return { reason: 'no-date' };
    const text = String(value);
    const known = byText.get(text);
    if (known) return known;
    // Dates with a time of day are as many as records.
    if (byText.size >= MAX_TEXTS) byText.clear();
    return getOrCreate(byText, text, () => read(text));
  };
}
