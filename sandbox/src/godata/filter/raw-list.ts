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
  return toProjection(fields)({ ...record, ...(person ? { [name]: person } : {}) });
}

function noList() {
  return internalError({
    message: '(filter.fields || []).forEach is not a function',
    name: 'TypeError',
  });
}
