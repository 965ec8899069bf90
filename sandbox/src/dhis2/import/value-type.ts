import type { DataElement } from '../types.js';

const INTEGER = /^(0|-?[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const COORDINATE = /^\[-?\d+(\.\d+)?,\s*-?\d+(\.\d+)?\]$/;

/** The check of each value type and the name of its failure; types without one take any text. */
const CHECKS: Readonly<Record<string, readonly [problem: string, (value: string) => boolean]>> = {
  NUMBER: ['value_not_numeric', value => NUMBER.test(value)],
  INTEGER: ['value_not_integer', value => INTEGER.test(value)],
  INTEGER_POSITIVE: [
    'value_not_positive_integer',
    value => INTEGER.test(value) && Number(value) > 0,
  ],
  INTEGER_NEGATIVE: [
    'value_not_negative_integer',
    value => INTEGER.test(value) && Number(value) < 0,
  ],
  INTEGER_ZERO_OR_POSITIVE: [
    'value_not_zero_or_positive_integer',
    value => INTEGER.test(value) && Number(value) >= 0,
  ],
  PERCENTAGE: [
    'value_not_percentage',
    value => NUMBER.test(value) && Number(value) >= 0 && Number(value) <= 100,
  ],
  UNIT_INTERVAL: [
    'value_not_unit_interval',
    value => NUMBER.test(value) && Number(value) >= 0 && Number(value) <= 1,
  ],
  BOOLEAN: ['value_not_bool', value => value === 'true' || value === 'false'],
  TRUE_ONLY: ['value_not_true_only', value => value === 'true'],
  DATE: ['value_not_valid_date', isDay],
  DATETIME: [
    'value_not_valid_datetime',
    value => DATE_TIME.test(value) && isDay(value.slice(0, 10)),
  ],
  COORDINATE: ['value_not_coordinate', value => COORDINATE.test(value)],
  LETTER: ['value_not_valid_letter', value => /^[a-zA-Z]$/.test(value)],
};

const NUMERIC = new Set([
  'NUMBER',
  'INTEGER',
  'INTEGER_POSITIVE',
  'INTEGER_NEGATIVE',
  'INTEGER_ZERO_OR_POSITIVE',
  'PERCENTAGE',
  'UNIT_INTERVAL',
]);

/**
 * What is wrong with a value of a type, by the server's name for it.
 *
 * @example
 * valueProblem('1.5', 'INTEGER'); // value_not_integer
 */
export function valueProblem(value: string, valueType: string): string | undefined {
  const check = CHECKS[valueType];
  return check && !check[1](value) ? check[0] : undefined;
}

/** Whether a text is a day that there is: the 30th of February is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A value as it is stored: the spellings of yes and no become `true` and `false`. */
export function normalizeValue(value: string, valueType: string): string {
  if (valueType !== 'BOOLEAN' && valueType !== 'TRUE_ONLY') return value;
  if (/^(true|t|yes|y|1)$/i.test(value)) return 'true';
  return /^(false|f|no|n|0)$/i.test(value) ? 'false' : value;
}

/**
 * Whether a value is a zero that its data element does not store; averages keep theirs (dhis2
 * FACTS §0).
 */
export function isInsignificantZero(value: string | undefined, element: DataElement): boolean {
  return (
    value !== undefined &&
    NUMERIC.has(element.valueType) &&
    Number(value) === 0 &&
    !element.zeroIsSignificant &&
    element.aggregationType !== 'AVERAGE' &&
    element.aggregationType !== 'AVERAGE_SUM_ORG_UNIT'
  );
}
