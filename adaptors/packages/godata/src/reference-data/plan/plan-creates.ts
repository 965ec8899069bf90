import { toReferenceId } from '../../client/records/reference-id.js';
import type { Marks } from '../mark.js';
import type { Target } from './choose-targets.js';
import { type ItemFields, toNewItem } from './diff.js';
import { freeText, labelIn, type TakenTexts } from './taken-texts.js';

/** An item to create. */
export interface ItemCreate {
  target: Target;
  fields: ItemFields;
  /** The id that the server will compute for it. */
  id: string;
  /**
   * The final label. It is set after the creation, because the id that the server would compute
   * from it already exists.
   */
  rename?: string;
}

/**
 * Plans new items. The server computes the id from the label, and the id stays when the label
 * changes. An item whose id already exists is created with another label, and gets its own label
 * afterwards.
 *
 * @param ids all existing ids, also those of deleted items
 * @param texts the labels and codes after all other changes
 */
export function planCreates(
  targets: readonly Target[],
  ids: Iterable<string>,
  texts: TakenTexts,
  marks: Marks,
): ItemCreate[] {
  const taken = new Set(ids);
  for (const { wanted, label } of targets) {
    texts.give(wanted.option, 'label', labelIn(wanted.categoryId, label));
  }
  return targets.map(target => {
    const { wanted, label } = target;
    const { categoryId, option, labels } = wanted;
    const first = freeText(
      [label, ...labels],
      text =>
        !taken.has(toReferenceId(categoryId, text)) &&
        texts.isFree(labelIn(categoryId, text), option),
    );
    const id = toReferenceId(categoryId, first);
    taken.add(id);
    const fields = { ...toNewItem(target, marks), value: first };
    return { target, fields, id, ...(first === label ? {} : { rename: label }) };
  });
}
