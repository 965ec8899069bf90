import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { ClusterRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { ofOutbreak, readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads the clusters of an outbreak, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ClusterRecord[]} data - The clusters
 * @example
 * listClusters('3b5554d7-2c19-41d0-b9af-475ad25a382b', { fields: ['visualId'] });
 */
export function listClusters(outbreakId: Resolvable<string>, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ clusters }) => clusters),
    rest,
  );
}

/**
 * Reads the clusters that match a query.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ClusterRecord[]} data - The clusters: always a list
 * @example
 * getCluster('3b5554d7-2c19-41d0-b9af-475ad25a382b', { where: { name: 'Market' } });
 */
export function getCluster(outbreakId: Resolvable<string>, query: Query, ...rest: Rest): Operation {
  return readRecords(
    ofOutbreak(outbreakId, ({ clusters }) => clusters),
    rest,
    query,
  );
}

/**
 * Updates the cluster that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} outbreakId - Outbreak id; it need not be the account's active outbreak
 * @param {string} externalId - Property to find the cluster by
 * @param {object} data - The cluster, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {ClusterRecord} data - The cluster that is stored now
 * @example
 * upsertCluster('3b5554d7-2c19-41d0-b9af-475ad25a382b', 'name', { name: 'Market' });
 */
export function upsertCluster(
  outbreakId: Resolvable<string>,
  externalId: Resolvable<string>,
  data: Data<ClusterRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<ClusterRecord>(
    ofOutbreak(outbreakId, ({ clusters }) => clusters),
    externalId,
    data,
    callback,
  );
}
