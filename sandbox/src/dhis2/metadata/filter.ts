import { Refusal, sandboxRefusal } from '../web-message.js';
import { MODELS, type ModelName } from './model.js';
import { type Json, type Reader, readProperty, resolveRef } from './read-property.js';

/** Tells whether an object passes a filter. */
export type Filter = (object: Json) => boolean;

type Test = (value: unknown, operand: string) => boolean;

const lower = (value: unknown) => String(value).toLowerCase();
const listed = (operand: string) => operand.slice(1, -1).split(',');

/** Operators on one value; a path through a list holds when it does for one of the values. */
const OPERATORS: Readonly<Record<string, Test>> = {
  eq: (value, operand) => String(value) === operand,
  in: (value, operand) => listed(operand).includes(String(value)),
  like: (value, operand) => String(value).includes(operand),
  ilike: (value, operand) => lower(value).includes(operand.toLowerCase()),
  gt: (value, operand) => compare(value, operand) > 0,
  ge: (value, operand) => compare(value, operand) >= 0,
  lt: (value, operand) => compare(value, operand) < 0,
  le: (value, operand) => compare(value, operand) <= 0,
};

/** Operators that hold when their opposite does for none of the values. */
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
 * @throws Refusal 400 when the property or the operator is unknown, or the filter has another form
 */
export function parseFilter(reader: Reader, model: ModelName, text: string): Filter {
  const [, path, operator, operand = ''] = /^([^:]+):([^:]+)(?::(.*))?$/s.exec(text) ?? [];
  if (path === undefined || operator === undefined) throw invalid(`Invalid filter: ${text}`);
  checkPath(model, path);
  const values = (object: Json) => valuesAt(reader, model, object, path.split('.'));
  if (operator === 'null') return object => values(object).length === 0;
  if (operator === '!null') return object => values(object).length > 0;
  const test = OPERATORS[OPPOSITES[operator] ?? operator];
  if (!test) throw invalid(`\`${operator}\` is not a valid operator.`);
  if (operator.endsWith('in') && !/^\[.*\]$/s.test(operand)) {
    throw invalid(`Invalid argument for the operator ${operator}: \`${operand}\``);
  }
  const passes: Filter = object => values(object).some(value => test(value, operand));
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

function valuesAt(
  reader: Reader,
  model: ModelName,
  object: Json,
  [name = '', ...rest]: readonly string[],
): unknown[] {
  const property = MODELS[model][name]!;
  const value = readProperty(reader, model, object, name);
  if (value === undefined || value === null) return [];
  if (property === 'value' || rest.length === 0) return [value].flat();
  return [value].flat().flatMap(one => {
    const target =
      property.kind === 'parts' ? (one as Json) : resolveRef(reader, property.model, one as Json);
    return target ? valuesAt(reader, property.model, target, rest) : [];
  });
}

function compare(value: unknown, operand: string): number {
  if (typeof value === 'number') return value - Number(operand);
  return String(value) < operand ? -1 : String(value) > operand ? 1 : 0;
}

function invalid(message: string): Refusal {
  return new Refusal(400, { message, errorCode: 'E1003' });
}
