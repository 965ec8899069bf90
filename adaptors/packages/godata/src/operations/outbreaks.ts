import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { findByProperty } from '../client/records/find-by-property.js';
import type { Records } from '../client/records/records.js';
import { onlyOne } from '../client/records/upsert.js';
import type { Draft, OutbreakRecord } from '../client/types/index.js';
import { type Query, type Rest, resolveData } from './arguments.js';
import { clientOf } from './client-of.js';
import { readRecords } from './record-operations.js';

/**
 * Reads the outbreaks that the account may see, or those that match a query.
 *
 * @public
 * @function
 * @param {object} [query] - Go.Data filter: `where`, `fields`...
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {OutbreakRecord[]} data - The outbreaks
 * @example
 * listOutbreaks({ fields: ['name', 'disease'] });
 */
export function listOutbreaks(...rest: Rest): Operation {
  return readRecords(({ server }) => server.outbreaks, rest);
}

/**
 * Reads the outbreaks that match a query.
 *
 * @public
 * @function
 * @param {object} query - Go.Data filter
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {OutbreakRecord[]} data - The outbreaks: always a list
 * @example
 * getOutbreak({ where: { name: 'Cholera 2026' } });
 */
export function getOutbreak(query: Query, ...rest: Rest): Operation {
  return readRecords(({ server }) => server.outbreaks, rest, query);
}

/** An outbreak to write, and its id if it has one. */
export interface OutbreakUpsert {
  externalId?: string;
  data: Draft<OutbreakRecord>;
}

/**
 * Updates the outbreak with this id, or else the one with the same name, or creates it. The server
 * gives a new outbreak an id of its own (godata FACTS §5.3), so later runs find it by its unique
 * name.
 *
 * @public
 * @function
 * @param {object} outbreak - `{ externalId, data }`
 * @param {function} [callback] - Receives the next state
 * @returns {Operation}
 * @state {OutbreakRecord} data - The outbreak that is stored now
 * @example
 * upsertOutbreak({ externalId: dataValue('id'), data: { name: 'Cholera 2026', endDate: '2026-06-30' } });
 */
export function upsertOutbreak(
  outbreak: Resolvable<OutbreakUpsert>,
  callback?: Callback,
): Operation {
  return async state => {
    const resolved = resolveNested<unknown, State>(outbreak, state);
    if (typeof resolved !== 'object' || resolved === null || !('data' in resolved)) {
      throw badOption('outbreak', 'must be { externalId, data }');
    }
    const { externalId } = resolved as OutbreakUpsert;
    const data = resolveData<OutbreakRecord>(resolved as OutbreakUpsert, state);
    const { outbreaks } = clientOf(state).server;
    const found =
      (await findOne(outbreaks, 'id', externalId)) ?? (await findOne(outbreaks, 'name', data.name));
    const stored = found ? outbreaks.update(found.id, data) : outbreaks.create(data);
    return passOn(state, await stored, callback);
  };
}

async function findOne(
  outbreaks: Records<OutbreakRecord>,
  property: 'id' | 'name',
  value: string | undefined,
): Promise<OutbreakRecord | undefined> {
  if (!value) return undefined;
  return onlyOne(property, await findByProperty(outbreaks, property, [value]));
}
