import type { Problem } from '#common/reporting/mapping-problems.js';
import { hasAuthority } from '../../client/account.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';
import { createPeriodGate } from './open-periods.js';

/**
 * Finds changes in periods that are closed in the data set's calendar. Returns one problem for each
 * period, with the number of values; all of one code have one cause, the calendar.
 */
export function closedPeriods({ dataSet, info, account }: Target, changes: ChangeList): Problem[] {
  const stateOf = createPeriodGate(dataSet, info.today, hasAuthority(account, 'F_EDIT_EXPIRED'));
  const counts = new Map<string, { code: string; period: string; count: number }>();
  for (let position = 0; position < changes.length; position += 1) {
    const { period } = changes.at(position);
    const state = stateOf(period);
    if (state === 'open') continue;
    const row = counts.get(state.message) ?? { code: state.code, period, count: 0 };
    row.count += 1;
    counts.set(state.message, row);
  }
  return [...counts].map(([message, { code, period, count }]) => ({
    code,
    cause: dataSet.id,
    at: `${period} (${count} ${count === 1 ? 'value' : 'values'})`,
    message: `${message} ${count} ${count === 1 ? 'value' : 'values'} would change there. Exclude the period from the window, open it in DHIS2, or set closedPeriods: 'report'.`,
  }));
}
