import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { ReferenceDataRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads reference data, page by page: all of them, or those that a query asks for.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord[]} data - The reference data
 * @example
 * listReferenceData();
 */
export function listReferenceData(...rest: Rest): Operation {
  return readRecords(({ server }) => server.referenceData, rest);
}

/**
 * Reads the reference data that a query asks for.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord[]} data - The reference data: a list, also of one
 * @example
 * getReferenceData({ where: { categoryId: 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION' } });
 */
export function getReferenceData(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.referenceData, rest, query);
}

/**
 * Updates the item with the same value of a property, or creates it. By `value` it goes by
 * the id that Go.Data makes of category and value.
 *
 * @public
 * @function
 * @param {string} externalId - Property that the item is found by
 * @param {object} data - The item, bare or as `{ data }`
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord} data - The item as it is stored
 * @example
 * upsertReferenceData('value', {
 *   categoryId: 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION',
 *   value: 'Astronaut',
 *   active: true,
 * });
 */
export function upsertReferenceData(
  externalId: Resolvable<string>,
  data: Data<ReferenceDataRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<ReferenceDataRecord>(
    ({ server }) => server.referenceData,
    externalId,
    data,
    callback,
  );
}
