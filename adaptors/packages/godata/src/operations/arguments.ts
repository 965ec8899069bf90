import type { Callback, Resolvable } from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import type { RecordQuery } from '../client/query/record-query.js';
import type { Draft, Stored } from '../client/types/index.js';

/** A Go.Data filter, `{ where: { classification: '...' } }`, and `pageSize`. */
export type Query = Resolvable<RecordQuery>;

/**
 * The other arguments: an optional query, or additions to the query, and a callback as the last
 * one.
 */
export type Rest = [callback?: Callback] | [query: Query, callback?: Callback];

/** The data of a record, as they are or wrapped in `{ data }` as in older jobs. */
export type Data<T extends Stored> = Resolvable<Draft<T>> | Resolvable<{ data: Draft<T> }>;

/**
 * Separates the queries from the callback. A single function is the callback, as in the published
 * adaptor.
 */
export function splitRest(rest: readonly unknown[]): { queries: Query[]; callback?: Callback } {
  const last = rest.at(-1);
  const callback = typeof last === 'function' ? (last as Callback) : undefined;
  const queries = (callback ? rest.slice(0, -1) : rest).filter(Boolean) as Query[];
  return { queries, callback };
}

/** @throws IntegrationError `BAD_OPTION` (configuration) when the value is not an id */
export function resolveId(name: string, given: Resolvable<string>, state: State): string {
  const id = resolveNested<unknown, State>(given, state);
  if (typeof id === 'string' && id !== '') return id;
  throw badOption(name, 'must be an id', 'Give the id as a text, or as a function of the state.');
}

/**
 * Resolves the data of a record. `{ data }` is unwrapped: no record has a property of this name.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) when the value is not an object
 */
export function resolveData<T extends Stored>(given: Data<T>, state: State): Draft<T> {
  const resolved = resolveNested<unknown, State>(given, state);
  const data = isWrapped(resolved) ? resolved.data : resolved;
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Draft<T>;
  throw badOption('data', 'must be an object', 'For example { firstName: dataValue("name") }.');
}

function isWrapped(value: unknown): value is { data: unknown } {
  return typeof value === 'object' && value !== null && 'data' in value;
}
