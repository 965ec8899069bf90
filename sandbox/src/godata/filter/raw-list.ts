import { internalError } from '../errors.js';
import type { Rows } from '../store/collection.js';
import type { GoDataRecord, JsonObject } from '../types.js';
import { toProjection } from './fields.js';
import type { Filter } from './parse-filter.js';
import { select } from './select.js';

/** As they come: MongoDB sorts by nothing of its own. */
const AS_THEY_CAME = 'createdAt ASC';

/**
 * The records of a list that the server reads past its models: lab results and follow-ups of an
 * outbreak. An order names the database's own fields there, so that `id` sorts nothing and `_id` does;
 * what it leaves open comes as it was created [code: server/mixins/rawFindAggregate.js, $sort].
 */
export function selectRaw<T extends GoDataRecord>(rows: Rows<T>, filter: Filter): T[] {
  const order = filter.order.filter(part => !/^\s*id\b/.test(String(part)));
  return select(rows, { ...filter, order: [...order, AS_THEY_CAME] }, []);
}

/**
 * Makes the answer's copy of such a record, with the person that the server joins to it under a name
 * of its own: only where `fields` do not leave it out [code: rawFindAggregate.js, $project comes last].
 *
 * @throws ApiError 500 for fields that are no list
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
