import { Refusal, sandboxRefusal } from '../../http/web-message.js';
import { MODELS, type ModelName } from '../model.js';
import type { MetadataAttributeValue } from '../object-types.js';
import { type Json, type Reader, readerOf, resolveRef } from './read-property.js';

/** Whether an object matches a filter. */
export type Filter = (object: Json) => boolean;

type Test = (value: unknown) => boolean;

const lower = (value: unknown) => String(value).toLowerCase();

/** Creates the test of an operator. For a path through a list, one matching value is enough. */
const OPERATORS: Readonly<Record<string, (operand: string) => Test>> = {
  eq: operand => value => String(value) === operand,
  in: operand => {
    const listed = new Set(operand.slice(1, -1).split(','));
    return value => listed.has(String(value));
  },
  like: operand => value => String(value).includes(operand),
  ilike: operand => {
    const part = operand.toLowerCase();
    return value => lower(value).includes(part);
  },
  gt: operand => compared(operand, sign => sign > 0),
  ge: operand => compared(operand, sign => sign >= 0),
  lt: operand => compared(operand, sign => sign < 0),
  le: operand => compared(operand, sign => sign <= 0),
};

/** Properties that are times, and the operators that compare them with one. */
const TIMES = /(^|\.)(created|lastUpdated|openingDate|closedDate)$/;
const ORDERED: ReadonlySet<string> = new Set(['eq', '!eq', 'ne', 'neq', 'gt', 'ge', 'lt', 'le']);

/** Operators that match if the opposite operator matches none of the values. */
const OPPOSITES: Readonly<Record<string, string>> = {
  '!eq': 'eq',
  ne: 'eq',
  neq: 'eq',
  '!in': 'in',
  '!like': 'like',
  '!ilike': 'ilike',
};

/**
 * Reads a filter `property:operator:value` (dhis2 FACTS §3), for example `code:in:[A,B]`,
 * `parent.id:eq:ImspTQPwCqd` or `geometry:!null`.
 *
 * @throws Refusal 400 when the property or the operator is unknown, or the filter has another
 * form
 */
export function parseFilter(reader: Reader, model: ModelName, text: string): Filter {
  const [, path, operator, sent = ''] = /^([^:]+):([^:]+)(?::(.*))?$/s.exec(text) ?? [];
  if (path === undefined || operator === undefined) throw invalid(`Invalid filter: ${text}`);
  const attribute = reader.store.metadata.get('attributes', path);
  if (!attribute) checkPath(model, path);
  const valuesOf = attribute
    ? createAttributeValuesOf(model, path)
    : createValuesOf(model, path.split('.'));
  const values = (object: Json) => valuesOf(reader, object);
  if (operator === 'null') return object => values(object).length === 0;
  if (operator === '!null') return object => values(object).length > 0;
  const createTest = OPERATORS[OPPOSITES[operator] ?? operator];
  if (!createTest) throw invalid(`\`${operator}\` is not a valid operator.`);
  const isTime = TIMES.test(path) && ORDERED.has(operator);
  const operand = isTime ? reader.store.time.fromText(sent) : sent;
  if (operand === undefined) throw invalid(`Invalid filter: ${text}`);
  if (operator.endsWith('in') && !/^\[.*\]$/s.test(operand)) {
    throw invalid(`Invalid argument for the operator ${operator}: \`${operand}\``);
  }
  const test = createTest(operand);
  const passes: Filter = object => values(object).some(test);
  return operator in OPPOSITES ? object => !passes(object) : passes;
}

function checkPath(model: ModelName, path: string): void {
  const names = path.split('.');
  let current: ModelName = model;
  names.forEach((name, index) => {
    const property = MODELS[current][name];
    if (property === undefined) throw invalid(`Unknown path property: ${path}`);
    if (property !== 'value') {
      current = property.model;
    } else if (index < names.length - 1) {
      throw sandboxRefusal(400, `filters inside "${name}"`);
    }
  });
}

/** Reads the values at the end of a path, of every object along it. */
function createValuesOf(
  model: ModelName,
  [name = '', ...rest]: readonly string[],
): (reader: Reader, object: Json) => unknown[] {
  const property = MODELS[model][name]!;
  const read = readerOf(model, name);
  const all = (reader: Reader, object: Json) => {
    const value = read(reader, object);
    return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  };
  if (property === 'value' || rest.length === 0) return all;
  const inner = createValuesOf(property.model, rest);
  const step = (reader: Reader, one: Json) => {
    const target = property.kind === 'parts' ? one : resolveRef(reader, property.model, one);
    return target ? inner(reader, target) : [];
  };
  return (reader, object) => all(reader, object).flatMap((one: Json) => step(reader, one));
}

/** Reads the value of a metadata attribute that a filter names by its id (recording 053). */
function createAttributeValuesOf(
  model: ModelName,
  id: string,
): (reader: Reader, object: Json) => unknown[] {
  const read = readerOf(model, 'attributeValues');
  return (reader, object) =>
    (read(reader, object) as readonly MetadataAttributeValue[])
      .filter(({ attribute }) => attribute.id === id)
      .map(({ value }) => value);
}

/** Compares numbers as numbers and everything else as text, which also orders times. */
function compared(operand: string, holds: (sign: number) => boolean): Test {
  const number = Number(operand);
  return value => {
    if (typeof value === 'number') return holds(value - number);
    const text = String(value);
    return holds(text < operand ? -1 : text > operand ? 1 : 0);
  };
}

function invalid(message: string): Refusal {
  return new Refusal(400, { message, errorCode: 'E1003' });
}
