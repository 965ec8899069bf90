import type { Callback, Resolvable } from '#common/operations/operation.js';
import { badOption, resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import type { RecordQuery } from '../client/query/record-query.js';
import type { Draft, Stored } from '../client/types/index.js';

/** A Go.Data filter, `{ where: { classification: '...' } }`, and `pageSize`. */
export type Query = Resolvable<RecordQuery>;

/** What may follow: a query or more of it, and as last argument a callback. */
export type Rest = [callback?: Callback] | [query: Query, callback?: Callback];

/** The data of a record, bare or as jobs of the old style give them, `{ data }`. */
export type Data<T extends Stored> = Resolvable<Draft<T>> | Resolvable<{ data: Draft<T> }>;

/** Tells queries from the callback; a lone function is the callback, as it has always been. */
export function splitRest(rest: readonly unknown[]): { queries: Query[]; callback?: Callback } {
  const last = rest.at(-1);
  const callback = typeof last === 'function' ? (last as Callback) : undefined;
  const queries = (callback ? rest.slice(0, -1) : rest).filter(Boolean) as Query[];
  return { queries, callback };
}

/** @throws IntegrationError `BAD_OPTION` (configuration) for what is no id */
export function resolveId(name: string, given: Resolvable<string>, state: State): string {
  const id = resolveNested<unknown, State>(given, state);
  if (typeof id === 'string' && id !== '') return id;
  throw badOption(name, 'must be an id', 'Give it as a text, or as a function of the state.');
}

/**
 * The data of a record. `{ data }` is unwrapped: no record has a property of this name.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for what is no object
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
