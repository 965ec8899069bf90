import { getOrCreate } from '../../../../common/src/get-or-create.js';
import type { Dhis2Client } from '../client.js';
import type { ChangeList } from './changes.js';
import { readCurrentValues } from './current-values.js';
import type { ImportDialect } from './dialect.js';
import type { Refusal } from './offenders.js';
import { periodsARequest } from './scope.js';
import type { Target } from './target.js';

/**
 * Reads what was written and compares it with what should be: the import's counts do not tell what
 * was stored (dhis2 FACTS §0, a zero may vanish and an unchanged value counts as updated).
 *
 * @param positions positions of the changes that the server took
 * @returns the changes that are not as planned
 */
export async function readBack(
  client: Dhis2Client,
  { target, dialect, roots }: { target: Target; dialect: ImportDialect; roots: readonly string[] },
  changes: ChangeList,
  positions: readonly number[],
): Promise<Refusal[]> {
  const byPeriod = new Map<string, number[]>();
  for (const position of positions) {
    const { period } = changes.at(position);
    getOrCreate(byPeriod, period, (): number[] => []).push(position);
  }
  const refusals: Refusal[] = [];
  const periods = [...byPeriod.keys()].sort();
  const size = periodsARequest(target);
  for (let i = 0; i < periods.length; i += size) {
    const slice = periods.slice(i, i + size);
    const stored = new Map<string, string>();
    for (const value of await readCurrentValues(client, target.dataSet.id, roots, {
      periods: slice,
    })) {
      if (value.attributeOptionCombo !== target.attributeOptionCombo) continue;
      stored.set(
        `${value.orgUnit} ${value.period} ${value.dataElement} ${value.categoryOptionCombo}`,
        value.value ?? '',
      );
    }
    for (const position of slice.flatMap(period => byPeriod.get(period)!)) {
      const change = changes.at(position);
      const { element } = target.elements[change.element]!;
      const is = stored.get(
        `${change.orgUnit} ${change.period} ${element.id} ${change.categoryOptionCombo}`,
      );
      const asPlanned =
        is === undefined || is === ''
          ? change.value === 0 && !dialect.keepsZero(element)
          : Number(is) === change.value;
      if (!asPlanned) {
        refusals.push({
          index: position,
          code: 'READ_BACK',
          message: `DHIS2 took ${change.value} but ${is === undefined ? 'has no value' : `has ${is}`}.`,
        });
      }
    }
  }
  return refusals;
}
