import { pad4 } from './digits.js';
import type { PeriodRule } from './rule.js';
import { MONDAY, startOfNumberedWeek, weekAt, weeksGranted } from './weeks.js';

/**
 * BiWeekly: pairs of ISO weeks; `2020BiW1` is weeks 1 and 2. In a year of 53 weeks the 27th pair
 * overlaps the first pair of the next year by one week: 2020BiW27 ends on 2021-01-10, and 2021BiW1
 * begins on 2021-01-04. The server counts the shared week in the later period (dhis2 FACTS §2).
 */
export const biWeekly: PeriodRule = {
  shapes: ['BiW#', 'BiW##'],
  spanAt(day) {
    const { year, week, start } = weekAt(day, MONDAY);
    const isSecond = week % 2 === 0;
    const first = isSecond ? start - 7 : start;
    const number = (isSecond ? week : week + 1) / 2;
    return { id: `${pad4(year)}BiW${number}`, start: first, end: first + 13 };
  },
  // No version refuses 2021BiW27, which 2021 does not have: it becomes 2022BiW1.
  startOf(year, number) {
    const week = number * 2 - 1;
    if (week < 1 || week > weeksGranted(year)) return undefined;
    return startOfNumberedWeek(year, week, MONDAY);
  },
};
