import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { ContactOfContactRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the contacts of contacts of an outbreak, page by page: all of them, or those that match a
 * query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactOfContactRecord[]} data - The contacts of contacts
 * @example
 * listContactsOfContacts('3b5554d7-2c19-41d0-b9af-475ad25a382b', { fields: ['visualId'] });
 */
export function listContactsOfContacts(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ contactsOfContacts }) => contactsOfContacts),
    rest,
  );
}

/**
 * Reads the contacts of contacts that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactOfContactRecord[]} data - The contacts of contacts: always a list
 * @example
 * getContactOfContact('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { id: dataValue('id') } });
 */
export function getContactOfContact(
  outbreakId: Resolvable<string>,
  query: Query,
  ...rest: Rest
): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ contactsOfContacts }) => contactsOfContacts),
    rest,
    query,
  );
}

/**
 * Updates the contact of a contact that has the same value in a property, or creates it. `visualId`
 * works in every outbreak (see README).
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property to find the contact of a contact by
 * @param {object} data - The contact of a contact, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ContactOfContactRecord} data - The contact of a contact that is stored now
 * @example
 * upsertContactOfContact('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'id', $.data);
 */
export function upsertContactOfContact(
  outbreakId: Resolvable<string>,
  externalId: Resolvable<string>,
  data: Data<ContactOfContactRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<ContactOfContactRecord>(
    ofOutbreak(outbreakId, ({ contactsOfContacts }) => contactsOfContacts),
    externalId,
    data,
    callback,
  );
}
