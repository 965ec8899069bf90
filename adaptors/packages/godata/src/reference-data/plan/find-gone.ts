import type { MappedReferenceDataBatch } from '#common/handover/mapped-reference-data-batch.js';
import type { KnownItem } from '../known-items.js';
import type { WantedItem } from './wanted-item.js';

/** Items that no option has any more. */
export interface Gone {
  /** Those that their mapping wants to be no longer offered. */
  closing: KnownItem[];
  /** Those that it leaves. */
  left: KnownItem[];
  /** Names of option sets that have no option at all: that is taken for a mistake of somebody's. */
  emptySets: string[];
}

/**
 * Finds the items whose option is no longer in its set, or has another item now. Only those that carry
 * the mark: what people made, or another DHIS2 keeps, is none of ours.
 */
export function findGone(
  { sets }: MappedReferenceDataBatch,
  known: readonly KnownItem[],
  matches: ReadonlyMap<WantedItem, KnownItem>,
): Gone {
  const claimed = new Set(matches.values());
  const served = new Set([...matches.keys()].map(({ set, option }) => `${set.id} ${option}`));
  const setOf = new Map(sets.map(set => [set.id, { ...set, options: new Set(set.optionIds) }]));
  const gone: Gone = { closing: [], left: [], emptySets: [] };
  const empty = new Set<string>();
  for (const item of known) {
    const set = item.mark && setOf.get(item.mark.optionSet);
    if (!set || claimed.has(item) || item.readOnly || !item.active) continue;
    const { option } = item.mark!;
    // An option that the mapping leaves out, or that was rejected, is there all the same.
    if (set.options.has(option) && !served.has(`${set.id} ${option}`)) continue;
    if (set.whenGone === 'leave') gone.left.push(item);
    else if (set.options.size > 0) gone.closing.push(item);
    else empty.add(set.name);
  }
  return { ...gone, emptySets: [...empty] };
}
