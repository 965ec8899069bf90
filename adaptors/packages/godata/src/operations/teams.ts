import type { Callback, Operation, Resolvable } from '#common/operations/operation.js';
import type { TeamRecord } from '../client/types/index.js';
import type { Data, Query, Rest } from './arguments.js';
import { readRecords, upsertRecord } from './record-operations.js';

/**
 * Reads teams, page by page: all of them, or those that a query asks for.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`, `include`...
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {TeamRecord[]} data - The teams
 * @example
 * listTeams();
 */
export function listTeams(...rest: Rest): Operation {
  return readRecords(({ server }) => server.teams, rest);
}

/**
 * Reads the teams that a query asks for.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {TeamRecord[]} data - The teams: a list, also of one
 * @example
 * getTeam({ where: { name: 'North' } });
 */
export function getTeam(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.teams, rest, query);
}

/**
 * Updates the team with the same value of a property, or creates it.
 *
 * @public
 * @function
 * @param {string} externalId - Property that the team is found by
 * @param {object} data - The team, bare or as `{ data }`
 * @param {function} [callback] - Gets the next state
 * @returns {Operation}
 * @state {TeamRecord} data - The team as it is stored
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
