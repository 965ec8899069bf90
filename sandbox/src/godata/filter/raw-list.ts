import { internalError } from '../errors.js';
import type { Rows } from '../store/collection.js';
import type { GoDataRecord, JsonObject } from '../types.js';
import { toProjection } from './fields.js';
import type { Filter } from './parse-filter.js';
import { select } from './select.js';

/** In no particular order: MongoDB does not sort by itself. */
const AS_THEY_CAME = 'createdAt ASC';

/**
 * The records of a list that the server reads without its models: lab results and follow-ups of an
 * outbreak. There an order uses the database's own field names, so `id` sorts nothing and `_id`
 * does; records that the order does not distinguish come as they were created [code:
 * server/mixins/rawFindAggregate.js, $sort].
 */
export function selectRaw<T extends GoDataRecord>(rows: Rows<T>, filter: Filter): T[] {
  const order = filter.order.filter(part => !/^\s*id\b/.test(String(part)));
  return select(rows, { ...filter, order: [...order, AS_THEY_CAME] }, []);
}

/**
 * Copies such a record for the answer, with the person that the server adds under a name of its
 * own, unless `fields` omits it [code: rawFindAggregate.js, $project comes last].
 *
 * @throws ApiError 500 if `fields` is not a list
 */
export function projectRaw(
  fields: unknown,
  name: string,
  record: JsonObject,
  person: JsonObject | undefined,
): JsonObject {
  // The server goes through them as a list.
  if (fields !== undefined && !Array.isArray(fields)) throw noList();
  const whole = { ...record, ...(person ? { [name]: person } : {}) };
  const paths = (fields ?? []).map(String).filter(field => field.startsWith(`${name}.`));
  if (paths.length === 0) return toProjection(fields)(whole);
  return projectPaths(whole, fields as string[], { name, paths, person });
}

/** MongoDB's projection takes paths: of the person only what they name (rawFindAggregate.js, $project). */
function projectPaths(
  whole: JsonObject,
  fields: readonly string[],
  { name, paths, person }: { name: string; paths: string[]; person: JsonObject | undefined },
): JsonObject {
  if (fields.includes(name)) throw internalError({ message: `Path collision at ${paths[0]}` });
  const own = toProjection(fields.filter(field => !paths.includes(field)))(whole);
  if (!person) return own;
  const inside = paths.map(field => field.slice(name.length + 1));
  return { ...own, [name]: toProjection(inside)(person) };
}

function noList() {
  return internalError({
    message: '(filter.fields || []).forEach is not a function',
    name: 'TypeError',
  });
}
