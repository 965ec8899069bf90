import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { TeamRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads teams, page by page: all of them, or those that match a query.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {TeamRecord[]} data - The teams
 * @example
 * listTeams();
 */
export function listTeams(...rest: Rest): Operation {
  return readRecords(({ server }) => server.teams, rest);
}

/**
 * Reads the teams that match a query.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {TeamRecord[]} data - The teams: always a list
 * @example
 * getTeam({ where: { name: 'North' } });
 */
export function getTeam(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.teams, rest, query);
}

/**
 * Updates the team that has the same value in a property, or creates it.
 *
 * @public
 * @function
 * @param {string} externalId - Property to find the team by
 * @param {object} data - The team, as it is, or as `{ data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {TeamRecord} data - The team that is stored now
 * @example
 * upsertTeam('name', { name: 'North', userIds: [], locationIds: [dataValue('district')] });
 */
export function upsertTeam(
  externalId: Resolvable<string>,
  data: Data<TeamRecord>,
  callback?: Callback,
): Operation {
  return upsertRecord<TeamRecord>(({ server }) => server.teams, externalId, data, callback);
}
