import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { EventRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the events of an outbreak, page by page: all of them, or those that a query asks for.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Gets the next state
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
 * Reads the events that a query asks for.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {EventRecord[]} data - The events: a list, also of one
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
 * Updates the event with the same value of a property, or creates it.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property that the event is found by
 * @param {object} data - The event, bare or as `{ data }`
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {EventRecord} data - The event as it is stored
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
