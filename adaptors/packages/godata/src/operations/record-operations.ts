import {
  type Callback,
  type Operation,
  passOn,
  type Resolvable,
} from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import type { GoDataClient } from '../client/client.js';
import type { RecordQuery } from '../client/query/record-query.js';
import type { OutbreakRecords } from '../client/records/outbreak-records.js';
import type { RecordReader } from '../client/records/record-reader.js';
import type { Records } from '../client/records/records.js';
import type { Stored } from '../client/types/index.js';
import { type Data, type Query, resolveData, resolveId, splitRest } from './arguments.js';
import { clientOf } from './client-of.js';

/** Chooses the records that an operation reads or writes. */
export type Choose<R> = (client: GoDataClient, state: State) => R;

/** Chooses among the records of an outbreak. */
export function ofOutbreak<R>(
  outbreakId: Resolvable<string>,
  choose: (records: OutbreakRecords, state: State) => R,
): Choose<R> {
  return (client, state) =>
    choose(client.outbreak(resolveId('outbreak id', outbreakId, state)), state);
}

/**
 * Reads records into `state.data`.
 *
 * @param query the query argument of the operation; a single function in `rest` is the callback
 */
export function readRecords<T extends Stored>(
  choose: Choose<Pick<RecordReader<T>, 'list'>>,
  rest: readonly unknown[],
  query: Query = {},
): Operation {
  const { queries, callback } = splitRest(rest);
  return async state => {
    const joined = joinQueries([query, ...queries], state);
    const records = await choose(clientOf(state), state).list(joined);
    return passOn(state, records, callback);
  };
}

function joinQueries(queries: readonly Query[], state: State): RecordQuery {
  return Object.assign(
    {},
    ...queries.map(query => resolveNested<RecordQuery, State>(query, state)),
  );
}

/**
 * Updates the record that has the same value in a property, or creates it. `state.data` is the
 * stored record.
 */
export function upsertRecord<T extends Stored>(
  choose: Choose<Pick<Records<T>, 'upsert'>>,
  property: Resolvable<string>,
  data: Data<T>,
  callback?: Callback,
): Operation {
  return async state => {
    const records = choose(clientOf(state), state);
    const externalId = resolveId('external id', property, state);
    return passOn(state, await records.upsert(externalId, resolveData(data, state)), callback);
  };
}
