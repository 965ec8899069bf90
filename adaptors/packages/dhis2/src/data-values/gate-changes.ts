import { parsePeriod } from '../../../../common/src/periods/index.js';
import type { AggregateReport } from '../aggregate/report-data.js';
import type { Problem } from '../problems.js';
import { hasAuthority } from './account.js';
import type { ChangeList } from './changes.js';
import type { ImportDialect } from './dialect.js';
import type { Refusal } from './offenders.js';
import { createPeriodGate } from './open-periods.js';
import type { Target } from './target.js';

/** Which changes may be sent, and which meet a closed period or a closed org unit. */
export interface Gated {
  open: number[];
  closed: Refusal[];
}

/** Parts changes by what the calendar of the data set and of the org units allows. */
export function gateChanges(
  report: AggregateReport,
  target: Target,
  dialect: ImportDialect,
  changes: ChangeList,
): Gated {
  const { dataSet, info, account } = target;
  const periodState = createPeriodGate(
    dataSet,
    info.today,
    hasAuthority(account, 'F_EDIT_EXPIRED'),
  );
  const gated: Gated = { open: [], closed: [] };
  for (let position = 0; position < changes.length; position += 1) {
    const { period, orgUnit } = changes.at(position);
    const state = periodState(period);
    const shut =
      state === 'open' && dialect.checksOrgUnitDates
        ? orgUnitShut(report, orgUnit, period)
        : undefined;
    if (state !== 'open') gated.closed.push({ index: position, ...state });
    else if (shut) gated.closed.push({ index: position, ...shut });
    else gated.open.push(position);
  }
  return gated;
}

/** The importer since 2.43 wants a period to begin while the org unit is open (dhis2 FACTS §0, E8031). */
function orgUnitShut(
  { orgUnits }: AggregateReport,
  id: string,
  periodId: string,
): Problem | undefined {
  const { openingDate, closedDate } = orgUnits[id] ?? {};
  const { startDate } = parsePeriod(periodId)!;
  if (openingDate && startDate < openingDate) {
    return {
      code: 'ORG_UNIT_NOT_YET_OPEN',
      message: `The org unit ${id} opened on ${openingDate}, after the beginning of ${periodId}.`,
    };
  }
  if (closedDate && startDate > closedDate) {
    return {
      code: 'ORG_UNIT_CLOSED',
      message: `The org unit ${id} closed on ${closedDate}, before ${periodId}.`,
    };
  }
  return undefined;
}

/** Closed periods as problems of the mapping, one for each reason, with the number of values concerned. */
export function closedProblems(closed: readonly Refusal[]): Problem[] {
  const counts = new Map<string, { code: string; count: number }>();
  for (const { code, message } of closed) {
    const row = counts.get(message) ?? { code, count: 0 };
    row.count += 1;
    counts.set(message, row);
  }
  return [...counts].map(([message, { code, count }]) => ({
    code,
    message: `${message} ${count} ${count === 1 ? 'value' : 'values'} would change there: leave the period out of the window, open it, or set closedPeriods: 'report'.`,
  }));
}
