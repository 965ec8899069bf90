import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { LocationRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads locations, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LocationRecord[]} data - The locations
 * @example
 * listLocations();
 */
export function listLocations(...rest: Rest): Operation {
  return readRecords(({ server }) => server.locations, rest);
}

/**
 * Reads the locations that match a query.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LocationRecord[]} data - The locations: always a list
 * @example
 * getLocation({ where: { name: 'Acre' } });
 */
export function getLocation(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.locations, rest, query);
}

/**
 * Updates the location that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} externalId - Property to find the location by
 * @param {object} data - The location, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {LocationRecord} data - The location that is stored now
 * @example
 * upsertLocation('name', { name: 'Acre', parentLocationId: dataValue('parent') });
 */
export function upsertLocation(
  externalId: Resolvable<string>,
  data: Data<LocationRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<LocationRecord>(({ server }) => server.locations, externalId, data, callback);
}
