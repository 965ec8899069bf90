import sift from 'sift';
import { isDatePath, isTextPath, toInstant } from '../dates.js';
import { notImplemented } from '../errors.js';
import type { JsonObject } from '../types.js';

/** Whether a record is selected. */
export type Predicate = (record: unknown) => boolean;

/** LoopBack's names for MongoDB's operators (godata FACTS §3, r164-r174). */
const OPERATORS: Readonly<Record<string, string>> = {
  eq: '$eq',
  neq: '$ne',
  gt: '$gt',
  gte: '$gte',
  lt: '$lt',
  lte: '$lte',
  inq: '$in',
  nin: '$nin',
  exists: '$exists',
  elemMatch: '$elemMatch',
};

const MONGO_OPERATORS = new Set([
  ...Object.values(OPERATORS),
  ...['$not', '$regex', '$options', '$all', '$size', '$mod'],
]);

const COMBINATIONS: Readonly<Record<string, string>> = {
  and: '$and',
  or: '$or',
  nor: '$nor',
  $and: '$and',
  $or: '$or',
  $nor: '$nor',
};

/**
 * Words that the real server replaces in the JSON text of the whole filter, so that a value equal
 * to one of them changes too: `{"firstName":"or"}` finds no "or" (r273).
 */
const REWRITTEN: Readonly<Record<string, string>> = {
  id: '_id',
  ...Object.fromEntries(Object.entries(COMBINATIONS).filter(([word]) => !word.startsWith('$'))),
  ...OPERATORS,
};

/** Keys with a special meaning, mostly relations, for which this sandbox has no data. */
const GO_DATA_KEYS = new Set([
  ...['relationship', 'labResult', 'followUp', 'case', 'contact', 'noRelationships', 'person'],
  ...['contactOfContact', 'timeLastSeen', 'weekNumber', 'updatedSince'],
  ...['useDbColumns', 'dontTranslateValues', 'includeContactFields', 'countRelations'],
]);

/**
 * Translates a LoopBack or MongoDB `where` to a MongoDB query over records whose dates are instants
 * as text. Texts that look like a date become one, and never equal a text (r270).
 *
 * @throws ApiError 400 for any operator or key that the sandbox does not support
 */
function whereToQuery(where: JsonObject): JsonObject {
  const conditions: JsonObject[] = [];
  for (const [key, value] of Object.entries(where)) {
    const combination = COMBINATIONS[key];
    if (combination !== undefined) {
      if (!Array.isArray(value)) throw notImplemented(`"${key}" without a list`);
      // MongoDB refuses an empty list; LoopBack drops it.
      if (value.length > 0) conditions.push({ [combination]: value.map(one => whereToQuery(one)) });
    } else {
      if (GO_DATA_KEYS.has(key)) throw notImplemented(`"where.${key}"`);
      if (key.startsWith('$')) throw notImplemented(`the operator "${key}"`);
      const path = key === '_id' ? 'id' : key;
      conditions.push({ [path]: conditionToQuery(path, value) });
    }
  }
  if (conditions.length === 0) return {};
  return conditions.length === 1 ? (conditions[0] as JsonObject) : { $and: conditions };
}

/** @throws ApiError as {@link whereToQuery} */
export function whereToPredicate(where: JsonObject, deletedToo: boolean): Predicate {
  const matches = Object.keys(where).length === 0 ? () => true : sift(whereToQuery(where));
  if (deletedToo) return record => matches(record);
  // Like the mixin of the real server, which adds `deleted: false` to what was asked (r155).
  return record => (record as JsonObject).deleted !== true && matches(record);
}

function conditionToQuery(path: string, condition: unknown): unknown {
  if (condition === null || typeof condition !== 'object' || Array.isArray(condition)) {
    return operand(path, condition);
  }
  const query: JsonObject = {};
  for (const [word, value] of Object.entries(condition)) {
    Object.assign(query, operatorToQuery(path, word, value, condition as JsonObject));
  }
  return query;
}

function operatorToQuery(path: string, word: string, value: unknown, all: JsonObject): JsonObject {
  if (word === 'between') {
    if (!Array.isArray(value)) throw notImplemented('"between" without two values');
    return { $gte: operand(path, value[0]), $lte: operand(path, value[1]) };
  }
  if (word === 'regexp' || word === 'like') return { $regex: expression(value, all.options) };
  if (word === 'nlike') return { $not: { $regex: expression(value, all.options) } };
  if (word === 'options') return {};
  const operator = OPERATORS[word] ?? word;
  if (!MONGO_OPERATORS.has(operator)) throw notImplemented(`the operator "${word}" (on "${path}")`);
  if (operator === '$not') return { $not: conditionToQuery(path, value) };
  if (operator === '$elemMatch') return { $elemMatch: elementQuery(path, value) };
  if (operator === '$exists') return { $exists: value === true || value === 'true' };
  if (operator === '$regex') return { $regex: expression(value, all.$options) };
  if (operator === '$options') return {};
  const given = operand(path, value);
  return { [operator]: Array.isArray(given) && isListed(operator) ? oneOf(given) : given };
}

function isListed(operator: string): boolean {
  return operator === '$in' || operator === '$nin';
}

/** The texts of a list as one test, so that a long list of ids is not compared one by one. */
function oneOf(values: readonly unknown[]): unknown[] {
  const texts = new Set(values.filter(value => typeof value === 'string'));
  if (texts.size === 0) return [...values];
  const others = values.filter(value => typeof value !== 'string');
  return [(value: unknown) => texts.has(value as string), ...others];
}

function elementQuery(path: string, value: unknown): JsonObject {
  if (value === null || typeof value !== 'object') throw notImplemented('"elemMatch" of a value');
  const conditions = Object.entries(value).map(([key, condition]) => {
    return [key, conditionToQuery(`${path}.${key}`, condition)] as const;
  });
  return Object.fromEntries(conditions);
}

/** `"/^src/i"` or a bare pattern (r167). */
function expression(value: unknown, options: unknown): RegExp {
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/s.exec(String(value)) ?? [];
  const given = flags ?? (typeof options === 'string' ? options : '');
  return new RegExp(pattern ?? String(value), given.replace(/[^ims]/g, ''));
}

function operand(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(one => operand(path, one));
  if (typeof value !== 'string') return value;
  const instant = toInstant(value);
  // A real date never equals a text, and a text never a date: MongoDB compares within one type.
  if (instant !== undefined) return isTextPath(path) ? new Date(instant) : instant;
  if (isDatePath(path)) return new Date(Number.NaN);
  return REWRITTEN[value] ?? value;
}
