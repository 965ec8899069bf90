import type { MappedReferenceDataBatch } from '#common/handover/mapped-reference-data-batch.js';
import type { KnownItem } from '../known-items.js';
import type { WantedItem } from './wanted-item.js';

/** Items whose option no longer exists. */
export interface Gone {
  /** Items to deactivate, by their mapping. */
  closing: KnownItem[];
  /** Items to leave, by their mapping. */
  left: KnownItem[];
  /** Names of option sets without any option. This is probably a mistake, so their items stay. */
  emptySets: string[];
}

/**
 * Finds the items whose option is no longer in its set, or has another item now. Only items with
 * the mark count: others were made by users, or belong to another DHIS2.
 */
export function findGone(
  { sets }: MappedReferenceDataBatch,
  known: readonly KnownItem[],
  matches: ReadonlyMap<WantedItem, KnownItem>,
): Gone {
  const claimed = new Set(matches.values());
  const withItem = new Set([...matches.keys()].map(({ set, option }) => `${set.id} ${option}`));
  const setOf = new Map(sets.map(set => [set.id, { ...set, options: new Set(set.optionIds) }]));
  const gone: Gone = { closing: [], left: [], emptySets: [] };
  const empty = new Set<string>();
  for (const item of known) {
    const set = item.mark && setOf.get(item.mark.optionSet);
    if (!set || claimed.has(item) || item.readOnly || !item.active) continue;
    const { option } = item.mark!;
    // An option that the mapping omits, or that was rejected, still exists.
    if (set.options.has(option) && !withItem.has(`${set.id} ${option}`)) continue;
    if (set.whenGone === 'leave') gone.left.push(item);
    else if (set.options.size > 0) gone.closing.push(item);
    else empty.add(set.name);
  }
  return { ...gone, emptySets: [...empty] };
}
