import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { CaseRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the cases of an outbreak, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {CaseRecord[]} data - The cases
 * @example
 * listCases('3b5554d7-2c19-41d0-b9af-475ad25a382b', { fields: ['visualId'] });
 */
export function listCases(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ cases }) => cases),
    rest,
  );
}

/**
 * Reads the cases that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {CaseRecord[]} data - The cases: always a list
 * @example
 * getCase('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { visualId: dataValue('caseId') } });
 */
export function getCase(outbreakId: Resolvable<string>, query: Query, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ cases }) => cases),
    rest,
    query,
  );
}

/**
 * Updates the case that has the same value in a property, or creates it. `visualId` works in
 * every outbreak (see README).
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property to find the case by
 * @param {object} data - The case, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {CaseRecord} data - The case that is stored now
 * @example
 * upsertCase('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'visualId', {
 *   visualId: dataValue('caseId'),
 *   firstName: dataValue('name'),
 * });
 */
export function upsertCase(
  outbreakId: Resolvable<string>,
  externalId: Resolvable<string>,
  data: Data<CaseRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<CaseRecord>(
    ofOutbreak(outbreakId, ({ cases }) => cases),
    externalId,
    data,
    callback,
  );
}
