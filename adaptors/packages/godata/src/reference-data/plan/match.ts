import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedSet } from '#common/handover/mapped-reference-data-batch.js';
import { toReferenceId } from '../../client/records/reference-id.js';
import type { KnownItem } from '../known-items.js';
import { labelKey } from '../label-key.js';
import type { WantedItem } from './wanted-item.js';

/** A way to find the item of an option: by equal texts of both. */
interface Way {
  ofKnown(known: KnownItem): string | undefined;
  ofWanted(wanted: WantedItem): string[];
}

/**
 * Finds the item of each option, within its category: by code and mark together; by code, which
 * DHIS2's data use; by mark, because code and label may both have changed since the last run; by
 * label; by id. Later ways skip the items that were found.
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
  /** An item with the mark of another existing option is not available. */
  const isFree = ({ mark }: KnownItem) =>
    mark === undefined || optionsOf.get(mark.optionSet)?.has(mark.option) === false;
  /** A code that was made distinct is not used in any data. */
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
 * Whether the id still names the meaning of an item. Some items that come with Go.Data have a new
 * meaning: ..._CONTEXT_OF_TRANSMISSION_FRIENDS has the label "Tour group" (godata FACTS §4). Items
 * that cannot be changed keep the meaning of their id in every language.
 */
function isNamedById({ id, categoryId, label, isShipped, readOnly }: KnownItem): boolean {
  return readOnly || !isShipped || label === '' || toReferenceId(categoryId, label) === id;
}
