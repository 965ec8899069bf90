import { Refusal } from '../web-message.js';
import { MODELS, type ModelName } from './model.js';
import { type Json, type Reader, readProperty } from './read-property.js';

type Compare = (a: Json, b: Json) => number;

/**
 * Puts objects in the order of a request. Without one: by name, case-insensitive, then by id. An
 * explicit order has no tie-break (dhis2 FACTS §3): ties stay as the objects are stored.
 *
 * @param order `level:asc,id:asc`; `iasc` and `idesc` do not mind the case
 * @throws Refusal 400 when a property cannot be ordered by
 */
export function orderObjects(
  reader: Reader,
  model: ModelName,
  objects: readonly Json[],
  order: readonly string[],
): Json[] {
  const terms = order.length > 0 ? order : ['name:iasc', 'id:asc'];
  const compares = terms.map(term => parseTerm(reader, model, term));
  return [...objects].sort((a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  });
}

function parseTerm(reader: Reader, model: ModelName, term: string): Compare {
  const [, name, direction = 'asc'] = /^(\w+)(?::(i?(?:asc|desc)))?$/.exec(term) ?? [];
  if (name === undefined || MODELS[model][name] !== 'value') {
    throw new Refusal(400, { message: `Invalid order property: \`${term}\``, errorCode: 'E1003' });
  }
  const sign = direction.endsWith('desc') ? -1 : 1;
  const read = (object: Json) => {
    const value = readProperty(reader, model, object, name);
    if (typeof value === 'number') return value;
    return direction.startsWith('i') ? String(value ?? '').toLowerCase() : String(value ?? '');
  };
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    return left < right ? -sign : left > right ? sign : 0;
  };
}
