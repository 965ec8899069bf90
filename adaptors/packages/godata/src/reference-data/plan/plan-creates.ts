import type { Rejected } from '../../../../../common/src/report.js';
import type { Marks } from '../mark.js';
import { toReferenceId } from '../reference-id.js';
import type { Target } from './choose-targets.js';
import { type ItemFields, toNewItem } from './diff.js';
import { labelIn, type Words } from './words.js';

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
): { creates: ItemCreate[]; rejected: Rejected[] } {
  const taken = new Set(ids);
  const creates: ItemCreate[] = [];
  const rejected: Rejected[] = [];
  const free = targets.filter(({ wanted: { categoryId, option }, label }) => {
    const isFree = words.isFree(labelIn(categoryId, label));
    if (!isFree) rejected.push(labelStillHeld(option, label));
    return isFree;
  });
  for (const { wanted, label } of free)
    words.hold(wanted.option, labelIn(wanted.categoryId, label));
  for (const target of free) {
    const { wanted, label } = target;
    const { categoryId, option, labels } = wanted;
    const first = [label, ...labels].find(
      word =>
        !taken.has(toReferenceId(categoryId, word)) &&
        words.isFree(labelIn(categoryId, word), option),
    );
    if (first === undefined) {
      rejected.push(idTaken(option, label));
      continue;
    }
    const id = toReferenceId(categoryId, first);
    taken.add(id);
    const fields = { ...toNewItem(target, marks), value: first };
    creates.push({ target, fields, id, ...(first === label ? {} : { rename: label }) });
  }
  return { creates, rejected };
}

function labelStillHeld(option: string, label: string): Rejected {
  const message = `Another item still has the label "${label}": see there.`;
  return { kind: 'option', id: option, code: 'LABEL_TAKEN', message };
}

function idTaken(option: string, label: string): Rejected {
  const message = `Go.Data has the id that it would make of "${label}" already.`;
  return { kind: 'option', id: option, code: 'ID_TAKEN', message };
}
