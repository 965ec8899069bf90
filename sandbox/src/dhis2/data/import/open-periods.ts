import {
  isPeriodType,
  nextPeriod,
  type Period,
  periodOf,
  previousPeriod,
} from '#common/periods/index.js';
import type { DataInputPeriod, DataSet } from '../../metadata/types.js';

const DAY_MS = 86_400_000;

/** The current time of a server: the instant, and the date in the server's time zone. */
export interface Now {
  instant: Date;
  /** `yyyy-MM-dd` */
  day: string;
}

/**
 * The current time in a time zone.
 *
 * @param timeZone IANA name
 */
export function nowIn(timeZone: string, instant: Date): Now {
  // Swedish writes dates as ISO 8601 does.
  return { instant, day: new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant) };
}

/**
 * The last period that accepts data. With `openFuturePeriods` 0 it is the one before the current
 * period, which is unfinished (dhis2 FACTS §1.4).
 *
 * @throws Error when the data set's period type is unknown
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

/** Whether the input periods of a data set, if it has any, allow entry for a period now. */
export function isInputOpen(period: Period, dataSet: DataSet, now: Now): boolean {
  const inputs = inputsOf(period, dataSet);
  return inputs === undefined || inputs.some(input => isNow(input, now));
}

/**
 * The inverted check of 2.43.0 and 2.43.1: a period that is open now is refused, and one that is
 * closed now is accepted. A period that is not an input period is refused (the server's source,
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
