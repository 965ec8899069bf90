import type { StoredValue } from './current-values.js';
import type { ReadSlice } from './read-scope.js';
import type { Slots } from './slots.js';

/** For each element and combo of the report, the slot to plan; undefined: none of them now. */
export type Chosen = readonly (readonly (number | undefined)[])[];

/**
 * Chooses, among duplicate category option combos (dhis2 FACTS §5: real packages have them), the one
 * with the most values; the first one when none has values. That is known only when all values were
 * read, so their values are held back until then, and nothing is read twice.
 */
export interface DuplicateSlots {
  /** The slots without duplicates, which are planned at once. */
  readonly single: Chosen;
  /** Counts a slice. Returns its values without those that are held back. */
  holdBack(read: ReadSlice): StoredValue[];
  /** The slots to write among the duplicates, and the slices with the values held back. */
  choose(): { chosen: Chosen; slices: ReadSlice[] };
}

/** Starts with no values. */
export function createDuplicateSlots(slots: Slots): DuplicateSlots {
  const uses = Array.from({ length: slots.length }, () => 0);
  const hasDuplicates = uses.some((_, slot) => slots.at(slot).isDuplicate);
  const slices: ReadSlice[] = [];
  let hasValues = false;
  const chosenBy = (choose: (ids: number[]) => number | undefined): Chosen =>
    slots.ofCombos.map(combos => combos.map(choose));
  return {
    single: chosenBy(([slot, ...others]) => (others.length > 0 ? undefined : slot)),
    holdBack({ slice, values }) {
      if (!hasDuplicates) return values;
      // Periods with counts come first. Older periods matter only if these have no values.
      const isCounted = 'periods' in slice || !hasValues;
      hasValues ||= values.length > 0;
      const held: StoredValue[] = [];
      const others = values.filter(value => {
        const slot = slots.find(value);
        if (slot === undefined || !slots.at(slot).isDuplicate) return true;
        if (isCounted) uses[slot]! += 1;
        held.push(value);
        return false;
      });
      slices.push({ slice, values: held });
      return others;
    },
    choose: () => ({
      chosen: chosenBy(own =>
        own.length < 2
          ? undefined
          : own.reduce((best, slot) => (uses[slot]! > uses[best]! ? slot : best)),
      ),
      slices,
    }),
  };
}
