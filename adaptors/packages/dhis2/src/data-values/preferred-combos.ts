import type { StoredValue } from './current-values.js';
import type { TargetElement } from './resolve-elements.js';

/** Whether some cell of the report has more than one category option combo (dhis2 FACTS §5: real packages do). */
export function hasDuplicates(elements: TargetElement[]): boolean {
  return elements.some(({ combos }) => combos.some(ids => ids.length > 1));
}

/**
 * Chooses, among duplicate category option combos, the one that holds most values already; the first
 * one when none does.
 *
 * @param stored the values of the whole report's scope, slice after slice
 * @returns for each element and combo of the report, the id that is written
 */
export async function preferUsedCombos(
  elements: TargetElement[],
  stored: AsyncIterable<StoredValue[]> | Iterable<StoredValue[]>,
): Promise<string[][]> {
  const uses = new Map<string, number>();
  if (hasDuplicates(elements)) {
    for await (const values of stored) {
      for (const { dataElement, categoryOptionCombo } of values) {
        const key = `${dataElement} ${categoryOptionCombo}`;
        uses.set(key, (uses.get(key) ?? 0) + 1);
      }
    }
  }
  return elements.map(({ element, combos }) =>
    combos.map(ids => {
      const used = (id: string) => uses.get(`${element.id} ${id}`) ?? 0;
      return ids.reduce((best, id) => (used(id) > used(best) ? id : best), ids[0] ?? '');
    }),
  );
}
