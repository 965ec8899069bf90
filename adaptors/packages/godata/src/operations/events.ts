import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { EventRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the events of an outbreak, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {EventRecord[]} data - The events
 * @example
 * listEvents('3b5554d7-2c19-41d0-b9af-475ad25a382b', { fields: ['visualId'] });
 */
export function listEvents(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ events }) => events),
    rest,
  );
}

/**
 * Reads the events that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {EventRecord[]} data - The events: always a list
 * @example
 * getEvent('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { name: 'Funeral' } });
 */
export function getEvent(outbreakId: Resolvable<string>, query: Query, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ events }) => events),
    rest,
    query,
  );
}

/**
 * Updates the event that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property to find the event by
 * @param {object} data - The event, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {EventRecord} data - The event that is stored now
 * @example
 * upsertEvent('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'name', { name: 'Funeral', date: '2026-01-20' });
 */
export function upsertEvent(
  outbreakId: Resolvable<string>,
  externalId: Resolvable<string>,
  data: Data<EventRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<EventRecord>(
    ofOutbreak(outbreakId, ({ events }) => events),
    externalId,
    data,
    callback,
  );
}
