import type { TargetElement } from '../mapping/resolve-elements.js';
import type { ReadSlice } from './read-scope.js';

/**
 * Whether a cell of the report has more than one category option combo (dhis2 FACTS §5: real
 * packages do).
 */
function hasDuplicates(elements: TargetElement[]): boolean {
  return elements.some(({ combos }) => combos.some(ids => ids.length > 1));
}

/**
 * Chooses, among duplicate category option combos, the one with the most values; the first one when
 * none has values.
 *
 * @param stored values on the server, slice by slice. It is not read when there are no duplicates.
 * @returns for each element and combo of the report, the id to write
 */
export async function preferUsedCombos(
  elements: TargetElement[],
  stored: AsyncIterable<ReadSlice>,
): Promise<string[][]> {
  const uses = new Map<string, number>();
  if (hasDuplicates(elements)) {
    for await (const { slice, values } of stored) {
      // Periods with counts come first. Older periods matter only if these have no values.
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
