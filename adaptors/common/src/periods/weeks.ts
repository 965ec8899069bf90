import { toDayNumber, yearOf } from './calendar.js';

/** First day of a kind of week, counted from Monday as 0. */
export type FirstWeekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export const MONDAY: FirstWeekday = 0;

/** A week: `start` is the number of its first day, `week` its number in the week-year `year`. */
export interface Week {
  year: number;
  week: number;
  start: number;
}

/**
 * The week that holds a day. A week belongs to the year that holds its fourth day: for weeks from
 * Monday this is ISO 8601, and the server counts other weeks in the same way (dhis2 FACTS §2).
 */
export function weekAt(day: number, first: FirstWeekday): Week {
  const start = startOfWeek(day, first);
  const year = yearOf(start + 3);
  const week = Math.floor((start + 3 - toDayNumber(year, 1, 1)) / 7) + 1;
  return { year, week, start };
}

/** First day of a week; a week beyond the year's last falls into the next year. */
export function startOfNumberedWeek(year: number, week: number, first: FirstWeekday): number {
  return startOfWeek(toDayNumber(year, 1, 4), first) + (week - 1) * 7;
}

/**
 * The highest ISO week number that the server's calendar allows for a year. The server asks for the
 * weeks of the week-year that holds 1 January, and that can be the year before: it allows 53 for
 * 2021, because 2021-01-01 is in 2020W53.
 */
export function weeksGranted(year: number): number {
  const { year: weekYear } = weekAt(toDayNumber(year, 1, 1), MONDAY);
  const nextYear = startOfNumberedWeek(weekYear + 1, 1, MONDAY);
  return (nextYear - startOfNumberedWeek(weekYear, 1, MONDAY)) / 7;
}

/** Day 0, 1970-01-01, was a Thursday, three days after a Monday. */
function startOfWeek(day: number, first: FirstWeekday): number {
  const daysSinceStart = (day + 3 - first) % 7;
  return day - (daysSinceStart < 0 ? daysSinceStart + 7 : daysSinceStart);
}
