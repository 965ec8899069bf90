import {
  isPeriodType,
  nextPeriod,
  type Period,
  periodOf,
  previousPeriod,
} from '../../../../adaptors/common/src/periods/index.js';
import type { DataSet } from '../types.js';

const DAY_MS = 86_400_000;

/** The present of a server: the instant, and the day that it is in the server's time zone. */
export interface Now {
  instant: Date;
  /** `yyyy-MM-dd` */
  day: string;
}

/**
 * The present in a time zone.
 *
 * @param timeZone IANA name
 */
export function nowIn(timeZone: string, instant: Date): Now {
  // Swedish writes dates as ISO 8601 does.
  return { instant, day: new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant) };
}

/**
 * The last period that may hold data: with `openFuturePeriods` 0 the one before the current, since
 * the current period is unfinished (dhis2 FACTS §1.4).
 *
 * @throws Error when the data set's period type is none
 */
export function latestOpenPeriod(dataSet: DataSet, { day }: Now): Period {
  if (!isPeriodType(dataSet.periodType)) {
    throw new Error(`Data set ${dataSet.id} has the unknown period type "${dataSet.periodType}".`);
  }
  let period = previousPeriod(periodOf(dataSet.periodType, day));
  for (let i = 0; i < dataSet.openFuturePeriods; i += 1) period = nextPeriod(period);
  return period;
}

/** Whether a period begins after another one has ended. */
export function isAfter(period: Period, other: Period): boolean {
  return period.startDate > other.endDate;
}

/**
 * Whether data entry for a period has closed: `expiryDays` whole days after its last day. 0 means
 * that it never closes (dhis2 FACTS §1.4).
 */
export function isExpired(period: Period, { expiryDays }: DataSet, { day }: Now): boolean {
  return expiryDays > 0 && Date.parse(day) > Date.parse(period.endDate) + expiryDays * DAY_MS;
}

/** Whether a data set's input periods, if it has any, let a period be entered now. */
export function isInputOpen(period: Period, { dataInputPeriods }: DataSet, now: Now): boolean {
  if (!dataInputPeriods || dataInputPeriods.length === 0) return true;
  return dataInputPeriods.some(
    ({ period: { id }, openingDate, closingDate }) =>
      id === period.id &&
      (openingDate === undefined || Date.parse(openingDate) <= now.instant.getTime()) &&
      (closingDate === undefined || now.instant.getTime() <= Date.parse(closingDate)),
  );
}
