import { sortBy } from '../sort-by.js';
import { Refusal } from '../web-message.js';
import { MODELS, type ModelName } from './model.js';
import { type Json, type Reader, readerOf } from './read-property.js';

/** One property to order by. */
export interface OrderTerm {
  name: string;
  isDescending: boolean;
  /** `iasc` and `idesc` do not mind the case. */
  ignoresCase: boolean;
}

const BY_DEFAULT = ['name:iasc', 'id:asc'];

/**
 * Reads the order of a request. Without one: by name, case-insensitive, then by id. An explicit
 * order has no tie-break (dhis2 FACTS §3): ties stay as the objects are stored.
 *
 * @param order `level:asc`, `id:asc`
 * @throws Refusal 400 when a property cannot be ordered by
 */
export function parseOrder(model: ModelName, order: readonly string[]): OrderTerm[] {
  return (order.length > 0 ? order : BY_DEFAULT).map(term => {
    const [, name, direction = 'asc'] = /^(\w+)(?::(i?(?:asc|desc)))?$/.exec(term) ?? [];
    if (name === undefined || MODELS[model][name] !== 'value') {
      throw new Refusal(400, {
        message: `Invalid order property: \`${term}\``,
        errorCode: 'E1003',
      });
    }
    return {
      name,
      isDescending: direction.endsWith('desc'),
      ignoresCase: direction.startsWith('i'),
    };
  });
}

/** Puts objects in an order. */
export function orderObjects<T>(
  reader: Reader,
  model: ModelName,
  objects: readonly T[],
  terms: readonly OrderTerm[],
): T[] {
  const keys = terms.map(({ name, isDescending, ignoresCase }) => {
    const read = readerOf(model, name);
    const readKey = (object: T) => {
      const value = read(reader, object as Json) ?? '';
      if (typeof value === 'number') return value;
      return ignoresCase ? String(value).toLowerCase() : String(value);
    };
    return { read: readKey, isDescending };
  });
  return sortBy(objects, keys);
}
