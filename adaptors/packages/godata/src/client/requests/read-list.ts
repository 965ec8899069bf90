import { type ApiRequest, pickFromList, unexpectedAnswer } from '#common/http/index.js';
import { type Filter, filterToQuery } from '../query/filter.js';
import { isRecord } from '../records/assert-record.js';
import type { Session } from '../session/session.js';
import type { Stored } from '../types/index.js';

type PathParams = Record<string, string>;

/**
 * Reads a list of records that have an id.
 *
 * @param path with placeholders, for which `params` has the values
 * @throws IntegrationError `UNEXPECTED_ANSWER` when the answer is not such a list
 */
export async function readList<T>(
  session: Session,
  path: string,
  params: PathParams,
  filter: Filter,
): Promise<T[]> {
  const body = await readBody(session, path, params, filter);
  if (!Array.isArray(body) || !body.every(isRecord)) throw unexpected(path, 'a list', body);
  return body as T[];
}

/**
 * Reads a list of records that have an id, and keeps of each of them what `pick` returns: while they
 * arrive, so that no page is in memory as a whole.
 *
 * @throws IntegrationError `UNEXPECTED_ANSWER` when the answer is not such a list; what `pick` throws
 */
export async function pickList<T>(
  session: Session,
  path: string,
  params: PathParams,
  filter: Filter,
  pick: (record: Stored, index: number) => T,
): Promise<T[]> {
  let failure: { error: unknown } | undefined;
  const list = pickFromList((element, index) => {
    if (index === 0) failure = undefined;
    if (failure) return undefined;
    try {
      if (!isRecord(element)) throw unexpected(path, 'a list', []);
      return pick(element, index);
    } catch (error) {
      failure = { error };
      return undefined;
    }
  });
  const body = await readBody(session, path, params, filter, { list });
  if (failure) throw (failure as { error: unknown }).error;
  if (!Array.isArray(body)) throw unexpected(path, 'a list', body);
  return body as T[];
}

/** Sends a GET request with a filter. Returns the body of the answer. */
export async function readBody(
  session: Session,
  path: string,
  params: PathParams,
  filter: Filter,
  how: Pick<ApiRequest, 'list'> = {},
): Promise<unknown> {
  const query = { filter: filterToQuery(filter) };
  const { body } = await session.send({ method: 'GET', path, params, query, ...how });
  return body;
}

/** The error for a body of another form than requested. */
export function unexpected(path: string, expected: string, body: unknown) {
  return unexpectedAnswer('Go.Data', { method: 'GET', path }, expected, body);
}
