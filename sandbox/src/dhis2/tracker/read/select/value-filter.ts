import { canRead } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import type { TrackerParams } from '../params.js';

type Test = (value: string | undefined) => boolean;

/** The test of the value of an attribute or a data element. */
export interface ValueFilter {
  id: string;
  passes: Test;
}

type Create = (operand: string, isNumeric: boolean) => (value: string) => boolean;

const compare =
  (holds: (sign: number) => boolean): Create =>
  (operand, isNumeric) =>
  value => {
    if (isNumeric) return holds(Number(value) - Number(operand));
    return holds(value < operand ? -1 : value > operand ? 1 : 0);
  };

/** Operators on a value in lower case; none matches an absent value. */
const OPERATORS: Readonly<Record<string, Create>> = {
  eq: compare(sign => sign === 0),
  ne: compare(sign => sign !== 0),
  gt: compare(sign => sign > 0),
  ge: compare(sign => sign >= 0),
  lt: compare(sign => sign < 0),
  le: compare(sign => sign <= 0),
  like: operand => value => value.includes(operand),
  sw: operand => value => value.startsWith(operand),
  ew: operand => value => value.endsWith(operand),
  in: (operand, isNumeric) => {
    // Numbers are compared as numbers: 41 finds 041 (dhis2 LIVE, "The sandbox beside both servers").
    const form = (value: string) => (isNumeric ? String(Number(value)) : value);
    const listed = new Set(operand.split(';').map(form));
    return value => listed.has(form(value));
  },
};

/** Operators that compare as text, for every type. */
const OF_TEXTS: ReadonlySet<string> = new Set(['like', 'ilike', 'sw', 'ew']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const SAME: Readonly<Record<string, string>> = { ieq: 'eq', neq: 'ne', ilike: 'like' };

/** The subject of a list's filters, as refusals name it. */
export interface FilterSubject {
  /** `attribute` */
  subject: string;
  /** `Tracked entity attribute` */
  what: string;
}

/**
 * Reads filters `ID:operator:value`: several separated by commas, or several operators in one. `/`
 * escapes `:`, `,` and itself (dhis2 FACTS §4.2). Case is ignored. A value that is not valid for a
 * numeric type is refused (dhis2 LIVE, "The sandbox beside both servers").
 *
 * @param typeOf the value type of an id; undefined if the id is unknown
 * @throws Refusal when a filter is not valid
 * @example parseValueFilters(params, ['oindugucx72:eq:FEMALE'], id => metadata.get(…)?.valueType);
 */
export function parseValueFilters(
  params: TrackerParams,
  texts: readonly string[],
  { subject, what }: FilterSubject,
  typeOf: (id: string) => string | undefined,
): ValueFilter[] {
  return texts
    .flatMap(text => split(text, ','))
    .map(text => {
      const [id = '', ...rest] = split(text, ':');
      const valueType = typeOf(id);
      if (valueType === undefined) {
        throw params.bad(`${subject} filters are invalid. ${what} '${id}' does not exist.`);
      }
      const isNumeric = /^(INTEGER|NUMBER|PERCENTAGE|UNIT_INTERVAL)/.test(valueType);
      const tests = parseTests(params, text, rest, operand => {
        const values = operand.split(';');
        const wrong = isNumeric ? values.find(value => !NUMBER.test(value)) : undefined;
        if (wrong === undefined) return isNumeric;
        throw params.bad(
          `Filter for ${subject} ${id} is invalid. The ${subject} value type is ${valueType} but the value \`${wrong}\` is not.`,
        );
      });
      return { id, passes: value => tests.every(test => test(value)) };
    });
}

function parseTests(
  params: TrackerParams,
  text: string,
  parts: readonly string[],
  checkNumeric: (operand: string) => boolean,
): Test[] {
  // An id alone selects the objects that have a value.
  if (parts.length === 0) return [value => value !== undefined];
  const tests: Test[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const name = parts[i]!.toLowerCase();
    if (name === 'null' || name === '!null') {
      tests.push(value => (value === undefined) === (name === 'null'));
      continue;
    }
    i += 1;
    const operand = unescapeText(parts[i] ?? '').toLowerCase();
    const create = OPERATORS[SAME[name] ?? name];
    if (!create) throw params.bad(`filter=${text} is invalid. '${name}' is not a valid operator.`);
    if (operand === '')
      throw params.bad(`filter=${text} is invalid. Operator '${name}' needs a value.`);
    const holds = create(operand, !OF_TEXTS.has(name) && checkNumeric(operand));
    tests.push(value => value !== undefined && holds(value.toLowerCase()));
  }
  return tests;
}

/** Splits a text at a separator that is not escaped; escapes are kept. */
function split(text: string, separator: ':' | ','): string[] {
  const parts: string[] = [''];
  for (const token of text.match(/\/[/:,]|./gs) ?? []) {
    if (token === separator) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

function unescapeText(text: string): string {
  return text.replace(/\/([/:,])/g, '$1');
}

/**
 * The value type of a filtered field; undefined if the field does not exist or the user may not
 * search by it.
 */
export function fieldType(
  { store, dialect }: ServerContext,
  user: SeedUser,
  kind: 'trackedEntityAttributes' | 'dataElements',
  id: string,
): string | undefined {
  const field = store.metadata.get(kind, id);
  const isHidden = field && dialect.tracker.read.hidesUnreadable && !canRead(user, field);
  return isHidden ? undefined : field?.valueType;
}
