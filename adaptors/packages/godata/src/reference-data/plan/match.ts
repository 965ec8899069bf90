import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedSet } from '#common/handover/mapped-reference-data-batch.js';
import { toReferenceId } from '../../client/records/reference-id.js';
import type { KnownItem } from '../known-items.js';
import { labelKey } from '../label-key.js';
import type { WantedItem } from './wanted-item.js';

/** One way of finding the item of an option: both sides give texts, and equal ones meet. */
interface Way {
  ofKnown(known: KnownItem): string | undefined;
  ofWanted(wanted: WantedItem): string[];
}

/**
 * Finds the item of each option, within its category: the one with both its code and its mark; by
 * code, which is what DHIS2's data hold; by mark, since code and label may both have changed since the
 * last run; by label; by id. What one way has found, the next leaves alone.
 *
 * @param sets all option sets of the batch
 */
export function matchItems(
  wanted: readonly WantedItem[],
  known: readonly KnownItem[],
  sets: readonly MappedSet[],
): Map<WantedItem, KnownItem> {
  const matches = new Map<WantedItem, KnownItem>();
  const claimed = new Set<KnownItem>();
  for (const way of createWays(sets)) {
    const candidates = new Map<string, KnownItem[]>();
    for (const item of known) {
      const text = claimed.has(item) ? undefined : way.ofKnown(item);
      if (text === undefined) continue;
      getOrCreate(candidates, `${item.categoryId} ${text}`, () => [] as KnownItem[]).push(item);
    }
    for (const item of wanted) {
      if (matches.has(item)) continue;
      const lists = way.ofWanted(item).map(text => candidates.get(`${item.categoryId} ${text}`));
      const found = lists.find(list => list && list.length > 0)?.shift();
      if (!found) continue;
      matches.set(item, found);
      claimed.add(found);
    }
  }
  return matches;
}

function createWays(sets: readonly MappedSet[]): Way[] {
  const optionsOf = new Map(sets.map(({ id, optionIds }) => [id, new Set(optionIds)]));
  /** An item of another option that is still there must not be taken for this one's. */
  const isFree = ({ mark }: KnownItem) =>
    mark === undefined || optionsOf.get(mark.optionSet)?.has(mark.option) === false;
  /** A code that was only made up to differ is in nobody's data. */
  const hasOwnCode = ({ codes, ownCode }: WantedItem) => codes[0] === ownCode;
  return [
    {
      ofKnown: ({ mark, code }) => mark && `${mark.optionSet} ${mark.option} ${code}`,
      ofWanted: item =>
        (hasOwnCode(item) ? [item.ownCode] : [...item.codes, item.ownCode]).map(
          code => `${item.set.id} ${item.option} ${code}`,
        ),
    },
    {
      ofKnown: ({ code }) => code || undefined,
      ofWanted: item => (hasOwnCode(item) ? [item.ownCode] : []),
    },
    {
      ofKnown: ({ mark }) => mark && `${mark.optionSet} ${mark.option}`,
      ofWanted: ({ set, option }) => [`${set.id} ${option}`],
    },
    {
      ofKnown: known => (isFree(known) ? labelKey(known.label) || undefined : undefined),
      ofWanted: ({ labels }) => [labelKey(labels[0]!)],
    },
    {
      ofKnown: known => (isFree(known) && isNamedById(known) ? known.id : undefined),
      ofWanted: ({ categoryId, labels }) => [toReferenceId(categoryId, labels[0]!)],
    },
  ];
}

/**
 * Whether the id still tells what an item is. Some that come with Go.Data mean something else by now:
 * ..._CONTEXT_OF_TRANSMISSION_FRIENDS is labelled "Tour group" (godata FACTS §4). Those that cannot be
 * changed mean what their id says, whatever the language.
 */
function isNamedById({ id, categoryId, label, isShipped, readOnly }: KnownItem): boolean {
  return readOnly || !isShipped || label === '' || toReferenceId(categoryId, label) === id;
}
