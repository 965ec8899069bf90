import type { FieldType } from './writable.js';

const NUMBERS = [
  'NUMBER',
  'INTEGER',
  'INTEGER_POSITIVE',
  'INTEGER_NEGATIVE',
  'INTEGER_ZERO_OR_POSITIVE',
  'UNIT_INTERVAL',
  'PERCENTAGE',
];
const DAYS = ['DATE', 'DATETIME', 'AGE'];
/** A country may keep days and ages as text; each value is checked by itself. */
const TEXTS = ['TEXT', 'LONG_TEXT'];
const FLAGS = ['BOOLEAN', 'TRUE_ONLY'];

/** Values that are no text: files, places, links to other objects (dhis2 FACTS §4.1). */
const NO_TEXT = [
  'FILE_RESOURCE',
  'IMAGE',
  'COORDINATE',
  'GEOJSON',
  'TRACKER_ASSOCIATE',
  'REFERENCE',
];

/** The value types of DHIS2 that a field of Go.Data can hold; undefined: all. */
const FITTING: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  day: [...DAYS, ...TEXTS],
  flag: FLAGS,
  age: [...NUMBERS, ...TEXTS],
};

/** What is wrong with a value type for a field that a row copies as it is; undefined if nothing. */
export function valueTypeProblem(field: FieldType, valueType: string): string | undefined {
  const fitting = FITTING[field];
  if (fitting && !fitting.includes(valueType)) return `one of ${fitting.join(', ')}`;
  if (NO_TEXT.includes(valueType)) return 'a text, a number, a day, or yes and no';
  return undefined;
}
