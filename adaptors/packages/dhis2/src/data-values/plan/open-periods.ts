import { getOrCreate } from '#common/collections/get-or-create.js';
import {
  dayNumber,
  nextPeriod,
  type Period,
  parsePeriod,
  periodOf,
  previousPeriod,
} from '#common/periods/index.js';
import type { DataSet } from '../../client/metadata/metadata.js';

/** Whether a data set's calendar accepts values for a period, or why not. */
export type PeriodState = 'open' | { code: string; message: string };

/**
 * Creates a function that checks whether a data set accepts values for a period (dhis2 FACTS §1.4).
 *
 * @param today the server's date, `yyyy-MM-dd`
 * @param mayEditExpired whether the account has F_EDIT_EXPIRED
 */
export function createPeriodGate(dataSet: DataSet, today: string, mayEditExpired: boolean) {
  const latest = latestOpen(dataSet, today);
  const known = new Map<string, PeriodState>();
  return (periodId: string): PeriodState => {
    return getOrCreate(known, periodId, () =>
      stateOf(parsePeriod(periodId)!, dataSet, { today, latest, mayEditExpired }),
    );
  };
}

/** With no open future period, the current period is closed too, until it has ended. */
function latestOpen({ periodType, openFuturePeriods = 0 }: DataSet, today: string): Period {
  let period = previousPeriod(periodOf(periodType as Period['type'], today));
  for (let i = 0; i < openFuturePeriods; i += 1) period = nextPeriod(period);
  return period;
}

function stateOf(
  period: Period,
  { expiryDays = 0, openFuturePeriods = 0, dataInputPeriods }: DataSet,
  { today, latest, mayEditExpired }: { today: string; latest: Period; mayEditExpired: boolean },
): PeriodState {
  if (period.startDate > latest.startDate) {
    return {
      code: 'PERIOD_NOT_YET_OPEN',
      message: `${period.id} is not open yet: the data set has ${openFuturePeriods} open future periods, so ${latest.id} is the last one.`,
    };
  }
  if (
    expiryDays > 0 &&
    !mayEditExpired &&
    dayNumber(today) >= dayNumber(period.endDate) + expiryDays
  ) {
    return {
      code: 'PERIOD_EXPIRED',
      message: `${period.id} is closed: the data set expires ${expiryDays} days after the end of a period.`,
    };
  }
  if (!dataInputPeriods?.length) return 'open';
  const opened = dataInputPeriods.some(
    input =>
      input.period.id === period.id &&
      (!input.openingDate || input.openingDate.slice(0, 10) <= today) &&
      (!input.closingDate || input.closingDate.slice(0, 10) >= today),
  );
  return opened
    ? 'open'
    : {
        code: 'PERIOD_NOT_IN_INPUT_PERIODS',
        message: `${period.id} is not one of the data set's input periods, or its input dates do not include today.`,
      };
}
