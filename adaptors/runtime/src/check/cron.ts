/** One of the five fields of a cron expression. */
interface Field {
  name: string;
  min: number;
  max: number;
  names: string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  // Sunday is 0 and 7.
  { name: 'day of the week', min: 0, max: 7, names: WEEKDAYS },
];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NICKNAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** A number or a name within its limits, or undefined. */
function readValue(text: string, { min, max, names }: Field): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return index + min;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** The values of one item of a list: `5`, `1-5`, `*`, each with a step or without; or undefined. */
function readItem(item: string, field: Field): number[] | undefined {
  const [range = '', step, ...others] = item.split('/');
  const every = step === undefined ? 1 : Number(/^[1-9]\d?$/.test(step) ? step : Number.NaN);
  const [from, to, ...more] =
    range === '*' ? [field.min, field.max] : range.split('-').map(text => readValue(text, field));
  if (others.length > 0 || more.length > 0 || Number.isNaN(every) || from === undefined) {
    return undefined;
  }
  const isRange = range === '*' || range.includes('-');
  const last = isRange ? to : step === undefined ? from : field.max;
  if (last === undefined || last < from) return undefined;
  const values: number[] = [];
  for (let value = from; value <= last; value += every) values.push(value);
  return values;
}

/** The values that a field allows, or undefined when it cannot be read. */
function readField(text: string, field: Field): Set<number> | undefined {
  const items = text.split(',').map(item => readItem(item, field));
  const values = items.filter(item => item !== undefined).flat();
  return items.includes(undefined) ? undefined : new Set(values);
}

/** Whether some month has one of the days; 31 February does not exist. */
function canCome(days: Set<number>, months: Set<number>): boolean {
  const first = Math.min(...days);
  return [...months].some(month => first <= DAYS_IN_MONTH[month - 1]!);
}

/**
 * What is wrong with a cron expression, as the rest of a sentence; undefined if it has five fields
 * that the platform reads, and a time at which it fires.
 *
 * @example
 * cronProblem('0 25 * * *'); // 'has 25 for the hour: it must be 0 to 23, a list, a range or *'
 */
export function cronProblem(expression: string): string | undefined {
  const text = expression.trim();
  if (NICKNAMES.includes(text)) return undefined;
  const parts = text.split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `has ${text === '' ? 0 : parts.length} fields: it needs five, minute hour day month weekday`;
  }
  const read = FIELDS.map((field, index) => readField(parts[index]!, field));
  const wrong = read.indexOf(undefined);
  const field = FIELDS[wrong];
  if (field) {
    const { name, min, max } = field;
    return `has ${parts[wrong]} for the ${name}: it must be ${min} to ${max}, a list, a range or *`;
  }
  const [, , days, months] = read as Set<number>[];
  if (parts[4] === '*' && !canCome(days!, months!)) return 'names a day that does not exist';
  return undefined;
}
