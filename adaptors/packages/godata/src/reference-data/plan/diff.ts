import type { Draft, ReferenceDataRecord } from '../../client/types/index.js';
import type { Mark, Marks } from '../mark.js';
import type { Target } from './choose-targets.js';
import type { WantedItem } from './wanted-item.js';

/**
 * The fields of an item to send. `value` and `description` are texts, from which the server makes
 * tokens.
 */
export type ItemFields = Draft<ReferenceDataRecord>;

/** The item to create. */
export function toNewItem({ wanted, label, code }: Target, marks: Marks): ItemFields {
  const { categoryId, active, order, isSystemWide } = wanted;
  return {
    categoryId,
    value: label,
    code,
    description: marks.write('', markOf(wanted)),
    active,
    ...(order === undefined ? {} : { order }),
    ...(isSystemWide === undefined ? {} : { isSystemWide }),
  };
}

/** The fields of an item to change. */
export function diffItem({ wanted, known, label, code }: Target, marks: Marks): ItemFields {
  const now = known!;
  const { active, order, isSystemWide } = wanted;
  const mark = markOf(wanted);
  const isMarked = now.mark?.option === mark.option && now.mark.optionSet === mark.optionSet;
  return {
    ...(now.label === label ? {} : { value: label }),
    ...(now.code === code ? {} : { code }),
    ...(order === undefined || now.order === order ? {} : { order }),
    ...(now.active === active ? {} : { active }),
    ...(isSystemWide === undefined || now.isSystemWide === isSystemWide ? {} : { isSystemWide }),
    ...(isMarked ? {} : { description: marks.write(now.description, mark) }),
  };
}

function markOf({ option, set }: WantedItem): Mark {
  return { option, optionSet: set.id };
}
