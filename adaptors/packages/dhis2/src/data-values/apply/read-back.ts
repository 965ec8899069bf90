import { getOrCreate } from '#common/collections/get-or-create.js';
import type { Dhis2Client } from '../../client/client.js';
import type { ImportDialect } from '../dialect.js';
import type { Refusal } from '../import/refused-rows.js';
import type { Target } from '../mapping/target.js';
import type { Change, ChangeList } from '../plan/changes.js';
import { readPeriods } from '../plan/read-scope.js';

/**
 * Reads what was written and compares it with the plan. The counts of an import do not show what
 * was stored (dhis2 FACTS §0: a zero may disappear, and an unchanged value counts as updated).
 *
 * @param positions positions of the changes that the server accepted
 * @returns the changes that are not stored as planned
 */
export async function readBack(
  client: Dhis2Client,
  { target, dialect }: { target: Target; dialect: ImportDialect },
  changes: ChangeList,
  positions: readonly number[],
): Promise<Refusal[]> {
  const byPeriod = new Map<string, number[]>();
  for (const position of positions) {
    getOrCreate(byPeriod, changes.at(position).period, (): number[] => []).push(position);
  }
  const refusals: Refusal[] = [];
  for await (const { slice, values } of readPeriods(client, target, [...byPeriod.keys()].sort())) {
    const stored = new Map<string, string>();
    for (const value of values) {
      if (value.attributeOptionCombo !== target.attributeOptionCombo) continue;
      const { orgUnit, period, dataElement, categoryOptionCombo } = value;
      stored.set(`${orgUnit} ${period} ${dataElement} ${categoryOptionCombo}`, value.value ?? '');
    }
    for (const position of slice.periods.flatMap(period => byPeriod.get(period)!)) {
      const change = changes.at(position);
      const { element } = target.elements[change.element]!;
      const { orgUnit, period, categoryOptionCombo } = change;
      const is = stored.get(`${orgUnit} ${period} ${element.id} ${categoryOptionCombo}`) ?? '';
      if (isAsPlanned(change, is, dialect.keepsZero(element))) continue;
      refusals.push({
        index: position,
        code: 'READ_BACK',
        message: `DHIS2 took ${change.value} but has ${is === '' ? 'no value' : 'another value'}.`,
      });
    }
  }
  return refusals;
}

function isAsPlanned({ value }: Change, is: string, keepsZero: boolean): boolean {
  return is === '' ? value === 0 && !keepsZero : Number(is) === value;
}
