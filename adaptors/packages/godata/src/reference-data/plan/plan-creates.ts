import { toReferenceId } from '../../client/records/reference-id.js';
import type { Marks } from '../mark.js';
import type { Target } from './choose-targets.js';
import { type ItemFields, toNewItem } from './diff.js';
import { freeWord, labelIn, type Words } from './words.js';

/** An item to be created. */
export interface ItemCreate {
  target: Target;
  fields: ItemFields;
  /** The id that the server will make of it. */
  id: string;
  /** The label that it gets afterwards, where its own would have made an id that is taken. */
  rename?: string;
}

/**
 * Plans new items. The server makes the id of the label, and an id stays with its item whatever becomes
 * of the label: one whose id is taken is created under another label, and then gets its own.
 *
 * @param ids every id that is taken, those of deleted items included
 * @param words who holds what when all other items have been changed
 */
export function planCreates(
  targets: readonly Target[],
  ids: Iterable<string>,
  words: Words,
  marks: Marks,
): ItemCreate[] {
  const taken = new Set(ids);
  for (const { wanted, label } of targets) {
    words.give(wanted.option, 'label', labelIn(wanted.categoryId, label));
  }
  return targets.map(target => {
    const { wanted, label } = target;
    const { categoryId, option, labels } = wanted;
    const first = freeWord(
      [label, ...labels],
      word =>
        !taken.has(toReferenceId(categoryId, word)) &&
        words.isFree(labelIn(categoryId, word), option),
    );
    const id = toReferenceId(categoryId, first);
    taken.add(id);
    const fields = { ...toNewItem(target, marks), value: first };
    return { target, fields, id, ...(first === label ? {} : { rename: label }) };
  });
}
