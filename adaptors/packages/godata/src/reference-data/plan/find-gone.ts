import type { ReferenceDataBatch } from '../../../../../common/src/reference-data-batch.js';
import type { KnownItem } from '../known-items.js';

/** Items whose option is no more. */
export interface Gone {
  /** Those that their mapping wants to be no longer offered. */
  closing: KnownItem[];
  /** Those that it leaves. */
  left: KnownItem[];
  /** Names of option sets that have no option at all: that is taken for a mistake of somebody's. */
  emptySets: string[];
}

/**
 * Finds the items whose option is no longer in its set. Only those that carry the mark: what people
 * made, or another DHIS2 keeps, is none of ours.
 *
 * @param claimed items that an option has, their own or another
 */
export function findGone(
  { sets }: ReferenceDataBatch,
  known: readonly KnownItem[],
  claimed: ReadonlySet<KnownItem>,
): Gone {
  const setOf = new Map(sets.map(set => [set.id, { ...set, options: new Set(set.optionIds) }]));
  const gone: Gone = { closing: [], left: [], emptySets: [] };
  const empty = new Set<string>();
  for (const item of known) {
    const set = item.mark && setOf.get(item.mark.optionSet);
    if (!set || claimed.has(item) || item.readOnly || !item.active) continue;
    if (set.options.has(item.mark!.option)) continue;
    if (set.whenGone === 'leave') gone.left.push(item);
    else if (set.options.size > 0) gone.closing.push(item);
    else empty.add(set.name);
  }
  return { ...gone, emptySets: [...empty] };
}
