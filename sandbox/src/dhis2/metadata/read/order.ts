import { Refusal, sandboxRefusal } from '../../http/web-message.js';
import { sortBy } from '../../store/sort-by.js';
import type { Dialect } from '../../versions/dialect.js';
import { MODELS, type ModelName } from '../model.js';
import { type Json, type Reader, readerOf } from './read-property.js';

/** One property to order by. */
export interface OrderTerm {
  name: string;
  isDescending: boolean;
  /** `iasc` and `idesc` ignore case. */
  ignoresCase: boolean;
}

const BY_DEFAULT = [toTerm('name', 'iasc'), toTerm('id', 'asc')];

/**
 * Reads the order of a request. The default is by name, case-insensitive, then by id. An explicit
 * order has no tie-break (dhis2 FACTS §3): equal objects keep the order in which they are stored.
 * An unknown property is ignored up to 2.42, and refused since (recording 056).
 *
 * @param order `level:asc`, `id:asc`
 * @throws Refusal 400 when a list cannot be ordered by a property
 */
export function parseOrder(
  { ignoresUnknownOrder }: Dialect,
  model: ModelName,
  order: readonly string[],
): OrderTerm[] {
  const terms = order.flatMap(term => {
    const [, name, direction = 'asc'] = /^(\w+)(?::(i?(?:asc|desc)))?$/.exec(term) ?? [];
    if (name === undefined) throw sandboxRefusal(400, `the order "${term}"`);
    const property = MODELS[model][name];
    if (property === undefined) {
      if (ignoresUnknownOrder) return [];
      throw new Refusal(400, { message: `No such property: ${name}` });
    }
    if (property !== 'value') throw sandboxRefusal(400, `the order "${term}"`);
    return [toTerm(name, direction)];
  });
  return terms.length > 0 ? terms : BY_DEFAULT;
}

function toTerm(name: string, direction: string): OrderTerm {
  return {
    name,
    isDescending: direction.endsWith('desc'),
    ignoresCase: direction.startsWith('i'),
  };
}

/** Sorts objects. */
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
