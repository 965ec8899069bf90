import { isCalendarDay, toCalendarDay, toDayNumber } from './calendar.js';
import { pad2, pad4 } from './digits.js';
import type { PeriodRule } from './rule.js';

/** Daily: `20200229`; the parser also takes `2020-02-29`. */
export const daily: PeriodRule = {
  shapes: ['####', '-##-##'],
  spanAt(day) {
    const { year, month, dayOfMonth } = toCalendarDay(day);
    return { id: `${pad4(year)}${pad2(month)}${pad2(dayOfMonth)}`, start: day, end: day };
  },
  startOf(year, number) {
    const month = Math.floor(number / 100);
    const dayOfMonth = number % 100;
    return isCalendarDay(year, month, dayOfMonth)
      ? toDayNumber(year, month, dayOfMonth)
      : undefined;
  },
};
