import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { CaseRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the cases of an outbreak, page by page: all of them, or those that a query asks for.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Gets the next state
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
 * Reads the cases that a query asks for.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {CaseRecord[]} data - The cases: a list, also of one
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
 * Updates the case with the same value of a property, or creates it. By `visualId` it
 * works in every outbreak, see README.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property that the case is found by
 * @param {object} data - The case, bare or as `{ data }`
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {CaseRecord} data - The case as it is stored
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
