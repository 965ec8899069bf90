import type { Dice } from '../outbreak/dice.js';
import { toFirstName, toLastName, toPlaceName } from '../outbreak/words.js';
import { type Field, subjectOf } from './field.js';

/** What the values of one person, or of one of their events, have in common. */
export interface ValueContext {
  dice: Dice;
  /** The day of the event or of the registration, counted from today, 0 (the past is negative). */
  on: number;
  /** The day of birth, counted from today. */
  bornOn: number;
  /** The last date among the values: a form asks for its dates in the order of the days. */
  since?: number;
  /** A day, `yyyy-MM-dd`. */
  day(offset: number): string;
  orgUnits: readonly string[];
  /** An account, for values that name one. */
  username: string;
}

type Create = (context: ValueContext, field: Field) => string | undefined;

const number =
  (low: number, high: number): Create =>
  ({ dice }) =>
    String(dice.between(low, high));

const ageOr =
  (low: number, high: number): Create =>
  ({ dice, bornOn, day }, field) =>
    subjectOf(field) === 'age'
      ? String(Math.max(low, yearsBetween(day(bornOn), day(0))))
      : String(dice.between(low, high));

const text: Create = ({ dice }, field) => {
  const subject = subjectOf(field);
  if (subject === 'firstName') return toFirstName(dice);
  return subject === 'lastName' ? toLastName(dice) : toPlaceName(dice);
};

const date: Create = (context, field) => {
  const { dice, on, bornOn, day, since = on - 6 } = context;
  if (subjectOf(field) === 'birth') return day(bornOn);
  context.since = dice.between(since, on);
  return day(context.since);
};

const decimal: Create = ({ dice }, field) =>
  subjectOf(field) === 'temperature'
    ? String(dice.between(362, 405) / 10)
    : String(dice.between(0, 1000) / 10);

/** By value type; the server's checks of each are in `dhis2/data/import/value-type.ts`. */
const CREATE: Readonly<Record<string, Create>> = {
  TEXT: text,
  LONG_TEXT: ({ dice }) => `${dice.between(1, 240)} ${toPlaceName(dice)}`,
  MULTI_TEXT: text,
  LETTER: ({ dice }) => dice.pick([...'ABCDEFGHIJ']),
  NUMBER: decimal,
  INTEGER: ageOr(0, 40),
  INTEGER_POSITIVE: ageOr(1, 40),
  INTEGER_NEGATIVE: number(-40, -1),
  INTEGER_ZERO_OR_POSITIVE: ageOr(0, 40),
  PERCENTAGE: number(0, 100),
  UNIT_INTERVAL: ({ dice }) => String(dice.between(0, 100) / 100),
  BOOLEAN: ({ dice }) => String(dice.chance(0.4)),
  TRUE_ONLY: () => 'true',
  DATE: date,
  AGE: ({ bornOn, day }) => day(bornOn),
  DATETIME: (context, field) => `${date(context, field)}T${time(context.dice)}`,
  TIME: ({ dice }) => time(dice),
  COORDINATE: ({ dice }) => `[${degrees(-2.5, dice)},${degrees(1.5, dice)}]`,
  PHONE_NUMBER: ({ dice }) => `+999 ${dice.between(100_000_000, 999_999_999)}`,
  EMAIL: ({ dice }) => `${toPlaceName(dice).toLowerCase()}@example.org`,
  URL: ({ dice }) => `https://example.org/${toPlaceName(dice).toLowerCase()}`,
  USERNAME: ({ username }) => username,
  ORGANISATION_UNIT: ({ dice, orgUnits }) => dice.pick(orgUnits),
};

/** Whether values of a field can be invented: not files, nor references to other objects. */
export function isInventable({ valueType, options }: Field): boolean {
  return valueType in CREATE && options?.length !== 0;
}

/** @returns undefined if the field's values cannot be invented */
export function createValue(field: Field, context: ValueContext): string | undefined {
  if (!isInventable(field)) return undefined;
  const { dice } = context;
  const { options, valueType } = field;
  if (!options) return CREATE[valueType]!(context, field);
  if (valueType !== 'MULTI_TEXT') return dice.pick(options);
  const chosen = options.filter(() => dice.chance(0.4));
  return (chosen.length > 0 ? chosen : options.slice(0, 1)).join(',');
}

/** Whole years between two days, `yyyy-MM-dd`. */
function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return from.slice(4) > to.slice(4) ? years - 1 : years;
}

function time(dice: Dice): string {
  return `${String(dice.between(7, 18)).padStart(2, '0')}:${dice.pick(['00', '15', '30', '45'])}`;
}

function degrees(middle: number, dice: Dice): number {
  return Math.round((middle + dice.next() - 0.5) * 1e4) / 1e4;
}
