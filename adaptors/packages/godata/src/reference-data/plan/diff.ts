import type { Draft, ReferenceDataRecord } from '../../client/types/index.js';
import type { Mark, Marks } from '../mark.js';
import type { Target } from './choose-targets.js';
import type { WantedItem } from './wanted-item.js';

/** What is sent of an item: `value` and `description` are texts, which the server makes tokens of. */
export type ItemFields = Draft<ReferenceDataRecord>;

/** The item as it is created. */
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

/** What must change of an item. */
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
