export { dayNumber, dayOf, isDay, utcDayNumber } from './days.js';
export { parsePeriod } from './parse-period.js';
export { PERIOD_TYPES, type Period, type PeriodType } from './period.js';
export { periodOf } from './period-of.js';
export { isPeriodType, periodTypeSince } from './rules.js';
export { lastPeriods, nextPeriod, periodsBetween, previousPeriod } from './sequence.js';
