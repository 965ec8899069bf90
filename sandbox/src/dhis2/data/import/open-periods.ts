import {
  isPeriodType,
  nextPeriod,
  type Period,
  periodOf,
  previousPeriod,
} from '#common/periods/index.js';
import type { DataInputPeriod, DataSet } from '../../metadata/types.js';

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
export function isInputOpen(period: Period, dataSet: DataSet, now: Now): boolean {
  const inputs = inputsOf(period, dataSet);
  return inputs === undefined || inputs.some(input => isNow(input, now));
}

/**
 * The same as 2.43.0 and 2.43.1 have it: a period that is open now is refused and one that is closed
 * now is taken; one that is not among the input periods is refused (the server's source,
 * DefaultDataEntryService.validateEntryTimeliness; dhis2 LIVE, the sandbox).
 */
export function isInputOpenInverted(period: Period, dataSet: DataSet, now: Now): boolean {
  const inputs = inputsOf(period, dataSet);
  return inputs === undefined || (inputs.length > 0 && !inputs.some(input => isNow(input, now)));
}

/** The times in which a period may be entered; undefined when the data set has no such times. */
function inputsOf({ id }: Period, { dataInputPeriods }: DataSet): DataInputPeriod[] | undefined {
  if (!dataInputPeriods || dataInputPeriods.length === 0) return undefined;
  return dataInputPeriods.filter(({ period }) => period.id === id);
}

function isNow({ openingDate, closingDate }: DataInputPeriod, { instant }: Now): boolean {
  const now = instant.getTime();
  return (
    (openingDate === undefined || Date.parse(openingDate) <= now) &&
    (closingDate === undefined || now <= Date.parse(closingDate))
  );
}
