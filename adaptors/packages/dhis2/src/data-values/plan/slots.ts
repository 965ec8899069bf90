import { getOrCreate } from '#common/collections/get-or-create.js';
import type { TargetElement } from '../mapping/resolve-elements.js';

/** A data element of the target, and a category option combo in which the report has values. */
export interface Slot {
  /** Index into the target's elements. */
  element: number;
  categoryOptionCombo: string;
  /** Whether it is one of several category option combos that mean the same. */
  isDuplicate: boolean;
}

/** The slots of a target. A slot is named by its position. */
export interface Slots {
  readonly length: number;
  at(slot: number): Slot;
  /** Returns undefined for a place that the report cannot fill. */
  find(place: { dataElement: string; categoryOptionCombo: string }): number | undefined;
  /** For each element and combo of the report, the slots that mean it. */
  readonly ofCombos: readonly (readonly number[][])[];
}

/** Finds every slot that the report can fill, duplicates included. */
export function createSlots(elements: readonly TargetElement[]): Slots {
  const slots: Slot[] = [];
  const numbers = new Map<string, Map<string, number>>();
  const ofCombos = elements.map(({ element: { id }, combos }, element) => {
    const own = getOrCreate(numbers, id, () => new Map<string, number>());
    return combos.map(ids =>
      ids.map(categoryOptionCombo =>
        // Two words of a mapping may mean the same category option.
        getOrCreate(
          own,
          categoryOptionCombo,
          () => slots.push({ element, categoryOptionCombo, isDuplicate: ids.length > 1 }) - 1,
        ),
      ),
    );
  });
  return {
    length: slots.length,
    at: slot => slots[slot]!,
    find: ({ dataElement, categoryOptionCombo }) =>
      numbers.get(dataElement)?.get(categoryOptionCombo),
    ofCombos,
  };
}
