import type { Target } from './choose-targets.js';
import type { ItemFields } from './diff.js';
import { codeAnywhere, freeText, labelIn, TakenTexts } from './taken-texts.js';

/** A change of an item. */
export interface ItemUpdate {
  target: Target;
  changes: ItemFields;
}

/**
 * Orders changes so that no item gets a label or a code that another item still has: the other item
 * changes first. When items exchange labels or codes in a circle, one of them gets temporary ones.
 *
 * @param texts the current labels and codes; afterwards, the planned ones
 */
export function sequenceUpdates(changed: readonly ItemUpdate[], texts: TakenTexts): ItemUpdate[] {
  const updates: ItemUpdate[] = [];
  const waiting = new Map(changed.map(update => [update.target.known!.id, update]));
  const begun = new Map<string, ItemUpdate>();
  // Labels and codes that items will get must not be used as temporary ones.
  const wantedTexts = new TakenTexts();
  for (const { target, changes } of changed) give(wantedTexts, target, changes);

  function take(target: Target, changes: ItemFields): void {
    give(texts, target, changes);
    updates.push({ target, changes });
  }

  function settle(update: ItemUpdate): void {
    const { target, changes } = update;
    const { id } = target.known!;
    waiting.delete(id);
    begun.set(id, update);
    for (const holder of holdersOf(update, texts)) {
      const next = waiting.get(holder);
      const other = begun.get(holder);
      if (next) settle(next);
      else if (other) take(other.target, toTemporaryTexts(other, [texts, wantedTexts]));
    }
    begun.delete(id);
    take(target, changes);
  }

  for (const update of changed) if (waiting.has(update.target.known!.id)) settle(update);
  return updates;
}

/** Other items that still have the label or code of a change. */
function holdersOf({ target, changes: { value, code } }: ItemUpdate, texts: TakenTexts): string[] {
  const { id, categoryId } = target.known!;
  const wanted = [
    value === undefined ? undefined : labelIn(categoryId, value),
    code == null ? undefined : codeAnywhere(code),
  ];
  return wanted.flatMap(text => texts.holders(text)).filter(holder => holder !== id);
}

function give(texts: TakenTexts, { known }: Target, { value, code }: ItemFields): void {
  const { id, categoryId } = known!;
  if (value !== undefined) texts.give(id, 'label', labelIn(categoryId, value));
  if (code != null) texts.give(id, 'code', codeAnywhere(code));
}

/** A change to temporary texts in place of the label or code that the item gives up. */
function toTemporaryTexts(
  { target, changes }: ItemUpdate,
  taken: readonly TakenTexts[],
): ItemFields {
  const { wanted, known } = target;
  const { labels, codes, categoryId } = wanted;
  const isFree = (text: string | undefined) => taken.every(texts => texts.isFree(text, known!.id));
  return {
    ...(changes.value === undefined
      ? {}
      : { value: freeText(labels, text => isFree(labelIn(categoryId, text))) }),
    ...(changes.code == null ? {} : { code: freeText(codes, text => isFree(codeAnywhere(text))) }),
  };
}
