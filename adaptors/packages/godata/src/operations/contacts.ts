import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { ContactRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the contacts of an outbreak, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactRecord[]} data - The contacts
 * @example
 * listContacts('3b5554d7-2c19-41d0-b9af-475ad25a382b', { fields: ['visualId'] });
 */
export function listContacts(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ contacts }) => contacts),
    rest,
  );
}

/**
 * Reads the contacts that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactRecord[]} data - The contacts: always a list
 * @example
 * getContact('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { active: true } });
 */
export function getContact(outbreakId: Resolvable<string>, query: Query, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ contacts }) => contacts),
    rest,
    query,
  );
}

/**
 * Updates the contact that has the same value in a property, or creates it. `visualId` works in
 * every outbreak (see README).
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property to find the contact by
 * @param {object} data - The contact, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactRecord} data - The contact that is stored now
 * @example
 * upsertContact('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'visualId', state => state.data.contact);
 */
export function upsertContact(
  outbreakId: Resolvable<string>,
  externalId: Resolvable<string>,
  data: Data<ContactRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<ContactRecord>(
    ofOutbreak(outbreakId, ({ contacts }) => contacts),
    externalId,
    data,
    callback,
  );
}
