import type {
  MappedItem,
  MappedReferenceDataBatch,
  MappedSet,
} from '#common/handover/mapped-reference-data-batch.js';

/** An item to write, with its set and category. */
export interface WantedItem extends MappedItem {
  set: MappedSet;
  /** Full id of its category. */
  categoryId: string;
}

/** All items of a batch, in order. */
export function listWanted(
  { sets }: MappedReferenceDataBatch,
  categories: ReadonlyMap<string, string>,
): WantedItem[] {
  return sets.flatMap(set =>
    set.items.map(item => ({ ...item, set, categoryId: categories.get(set.category)! })),
  );
}
