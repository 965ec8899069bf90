/** A day's place in the (proleptic) Gregorian calendar; `month` is 1 to 12. */
export interface CalendarDay {
  year: number;
  month: number;
  dayOfMonth: number;
}

/** Days of the 400 years after which the calendar repeats itself. */
const DAYS_PER_CYCLE = 146_097;
/** From 0000-03-01, where the count below begins, to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468;

/**
 * Days from 1970-01-01 to a day of the calendar. The year is counted from March, so that the leap
 * day comes last and the months have a fixed rhythm (153 days in five months). No table and no time
 * zone is needed.
 */
export function toDayNumber(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthSinceMarch = month > 2 ? month - 3 : month + 9;
  const cycle = Math.floor(marchYear / 400);
  const yearOfCycle = marchYear - cycle * 400;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  const dayOfYear = daysBeforeMonth(monthSinceMarch) + dayOfMonth - 1;
  return cycle * DAYS_PER_CYCLE + yearOfCycle * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970;
}

/** Calendar day of a day number, the reverse of {@link toDayNumber}. */
export function toCalendarDay(number: number): CalendarDay {
  const shifted = number + DAYS_BEFORE_1970;
  const cycle = Math.floor(shifted / DAYS_PER_CYCLE);
  const dayOfCycle = shifted - cycle * DAYS_PER_CYCLE;
  const leapDaysPast =
    Math.floor(dayOfCycle / 1460) -
    Math.floor(dayOfCycle / 36_524) +
    Math.floor(dayOfCycle / (DAYS_PER_CYCLE - 1));
  const yearOfCycle = Math.floor((dayOfCycle - leapDaysPast) / 365);
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  const dayOfYear = dayOfCycle - yearOfCycle * 365 - leapDays;
  const monthSinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthSinceMarch < 10 ? monthSinceMarch + 3 : monthSinceMarch - 9;
  return {
    year: cycle * 400 + yearOfCycle + (month > 2 ? 0 : 1),
    month,
    dayOfMonth: dayOfYear - daysBeforeMonth(monthSinceMarch) + 1,
  };
}

/** Whether the calendar has this day, in the years 1 to 9999. */
export function isCalendarDay(year: number, month: number, dayOfMonth: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return false;
  return dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month);
}

/** Year of a day number. */
export function yearOf(number: number): number {
  return toCalendarDay(number).year;
}

function daysBeforeMonth(monthSinceMarch: number): number {
  return Math.floor((153 * monthSinceMarch + 2) / 5);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
