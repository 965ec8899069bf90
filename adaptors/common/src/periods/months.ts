import { toCalendarDay, toDayNumber } from './calendar.js';
import { pad4 } from './digits.js';
import type { PeriodRule } from './rule.js';

/** A type whose periods are made of whole months. */
export interface MonthsRow {
  /** Months in one period; divides 12. */
  months: number;
  /**
   * Month in which the year of the id begins, counted from its January as 0: 3 is April, and -2 is
   * November of the calendar year before (2020NovQ1 begins in November 2019).
   */
  begins?: number;
  /** The text between the year and the number. */
  infix?: string;
  /** Digits of the number; 0 for a type that has one period a year. */
  digits: 0 | 1 | 2;
  /** The text after the number. */
  suffix?: string;
  /** Other forms that the parser accepts; `#` is a digit. */
  alsoShapes?: readonly string[];
  since?: PeriodRule['since'];
}

/** Builds the rule of a type that is made of whole months. */
export function months(row: MonthsRow): PeriodRule {
  const { months: length, begins = 0, infix = '', digits, suffix = '', alsoShapes = [] } = row;
  const perYear = 12 / length;

  function idOf(year: number, number: number): string {
    const written = digits === 0 ? '' : `${number}`.padStart(digits, '0');
    return `${pad4(year)}${infix}${written}${suffix}`;
  }

  return {
    since: row.since,
    shapes: [`${infix}${'#'.repeat(digits)}${suffix}`, ...alsoShapes],
    spanAt(day) {
      const { year: calendarYear, month } = toCalendarDay(day);
      const index = Math.floor((calendarYear * 12 + month - 1 - begins) / length);
      const year = Math.floor(index / perYear);
      const firstMonth = index * length + begins;
      return {
        id: idOf(year, index - year * perYear + 1),
        start: firstDayOfMonth(firstMonth),
        end: firstDayOfMonth(firstMonth + length) - 1,
      };
    },
    startOf(year, number) {
      const place = digits === 0 ? 1 : number;
      if (place < 1 || place > perYear) return undefined;
      return firstDayOfMonth(year * 12 + (place - 1) * length + begins);
    },
  };
}

/** @param month months since January of the year 0 */
function firstDayOfMonth(month: number): number {
  const year = Math.floor(month / 12);
  return toDayNumber(year, month - year * 12 + 1, 1);
}
