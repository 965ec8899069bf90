import { type Codes, itemsOf } from '#common/people-mapping/codes.js';
import type { FieldType } from '#common/people-mapping/writable.js';
import type { Dice } from './dice.js';

/** The org unit of everybody, and the location that stands for it. */
export const PLACE = 'OrgUnitHere';

const TEXTS = ['Ada', 'Obi Eze', "N'Golo", 'é ü 三', '+999 123', '12,5', 'A-1/2', '0', 'true'];

function day(dice: Dice): string {
  const part = (number: number) => String(number).padStart(2, '0');
  return `${dice.between(2019, 2026)}-${part(dice.between(1, 12))}-${part(dice.between(1, 28))}`;
}

/** A value of DHIS2 for a place, as DHIS2 stores it. */
export function dhis2Value(
  dice: Dice,
  type: FieldType | undefined,
  known: {
    codes: Codes | undefined;
    options: readonly string[] | undefined;
    valueType: string | undefined;
  },
): string {
  const { codes, options } = known;
  // A place of texts can hold days and ages, too.
  const made = TYPE_OF[type ?? 'text'] ?? 'TEXT';
  const isText = ['TEXT', 'LONG_TEXT', undefined].includes(known.valueType);
  const valueType = isText ? made : known.valueType!;
  if (codes) return dice.among(Object.keys(codes.ids));
  if (options && options.length > 0) return dice.among(options);
  if (valueType === 'DATE' || valueType === 'AGE') return day(dice);
  if (valueType === 'DATETIME') return `${day(dice)}T${dice.between(10, 23)}:30:00.000`;
  if (valueType === 'BOOLEAN') return dice.among(['true', 'false']);
  if (valueType === 'TRUE_ONLY') return 'true';
  if (valueType === 'ORGANISATION_UNIT') return PLACE;
  if (valueType === 'NUMBER') return dice.among(['0', '7', '38.5', '-2.25']);
  if (/^(INTEGER|PERCENTAGE|UNIT_INTERVAL)/.test(valueType)) return integer(dice, valueType);
  return dice.among(TEXTS);
}

function integer(dice: Dice, valueType: string): string {
  if (valueType === 'UNIT_INTERVAL') return dice.among(['0', '0.5', '1']);
  if (valueType === 'INTEGER_NEGATIVE') return String(dice.between(-99, -1));
  return String(dice.between(valueType === 'INTEGER_POSITIVE' ? 1 : 0, 99));
}

/** The value types that a field is made for, where nobody says which one a place has. */
const TYPE_OF: Readonly<Partial<Record<FieldType, string>>> = {
  day: 'DATE',
  flag: 'BOOLEAN',
  orgUnit: 'ORGANISATION_UNIT',
  age: 'INTEGER_ZERO_OR_POSITIVE',
};

/** A value of Go.Data for a field, as Go.Data stores it; undefined: only a function knows. */
export function goDataValue(
  dice: Dice,
  type: FieldType | undefined,
  { codes, valueType }: { codes: Codes | undefined; valueType?: string | undefined },
): unknown {
  if (codes) return dice.among(itemsOf(codes));
  if (type === 'answers') return dhis2Value(dice, 'text', { codes, options: undefined, valueType });
  if (type === 'day') return `${day(dice)}T00:00:00.000Z`;
  if (type === 'flag') return dice.among([true, false]);
  if (type === 'age') {
    const months = dice.among([0, 0, 6]);
    return { years: dice.between(1, 99), months };
  }
  if (type === 'orgUnit') return PLACE;
  return type === 'text' ? dice.among(TEXTS) : undefined;
}
