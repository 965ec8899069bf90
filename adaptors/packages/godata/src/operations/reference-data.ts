import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { ReferenceDataRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads reference data, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord[]} data - The reference data
 * @example
 * listReferenceData();
 */
export function listReferenceData(...rest: Rest): Operation {
  return readRecords(({ server }) => server.referenceData, rest);
}

/**
 * Reads the reference data that match a query.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord[]} data - The reference data: always a list
 * @example
 * getReferenceData({ where: { categoryId: 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION' } });
 */
export function getReferenceData(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.referenceData, rest, query);
}

/**
 * Updates the item that has the same value in a property, or creates it. With `value` it finds the
 * item by the id that Go.Data computes from category and value.
 *
 * @public
 * @function
 * @param {string} externalId - Property to find the item by
 * @param {object} data - The item, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ReferenceDataRecord} data - The item that is stored now
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
