import type { TargetElement } from '../mapping/resolve-elements.js';
import type { ReadSlice } from './read-scope.js';

/** Whether some cell of the report has more than one category option combo (dhis2 FACTS §5: real packages do). */
function hasDuplicates(elements: TargetElement[]): boolean {
  return elements.some(({ combos }) => combos.some(ids => ids.length > 1));
}

/**
 * Chooses, among duplicate category option combos, the one that holds most values already; the first
 * one when none does.
 *
 * @param stored what the server has, slice after slice; not read where there are no duplicates
 * @returns for each element and combo of the report, the id that is written
 */
export async function preferUsedCombos(
  elements: TargetElement[],
  stored: AsyncIterable<ReadSlice>,
): Promise<string[][]> {
  const uses = new Map<string, number>();
  if (hasDuplicates(elements)) {
    for await (const { slice, values } of stored) {
      // The periods with counts come first; older ones matter only if these tell nothing.
      if (!('periods' in slice) && uses.size > 0) break;
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
