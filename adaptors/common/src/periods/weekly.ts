import { yearOf } from './calendar.js';
import { pad4 } from './digits.js';
import type { PeriodRule } from './rule.js';
import { type FirstWeekday, startOfNumberedWeek, weekAt, weeksGranted } from './weeks.js';

/**
 * A weekly type: `2020W1`, `2020WedW1`...
 *
 * @param infix text between year and number
 * @param first first day of the weeks
 */
export function weekly(
  infix: string,
  first: FirstWeekday,
  since?: PeriodRule['since'],
): PeriodRule {
  return {
    since,
    shapes: [`${infix}#`, `${infix}##`],
    spanAt(day) {
      const { year, week, start } = weekAt(day, first);
      return { id: `${pad4(year)}${infix}${week}`, start, end: start + 6 };
    },
    startOf(year, number, { week53 }) {
      const last = week53 === 'carried-over' ? weeksGranted(year) : 53;
      if (number < 1 || number > last) return undefined;
      const start = startOfNumberedWeek(year, number, first);
      return week53 === 'carried-over' || yearOf(start + 3) === year ? start : undefined;
    },
  };
}
