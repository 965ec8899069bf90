import { unexpectedAnswer } from '#common/http/index.js';
import { type Filter, filterToQuery } from '../query/filter.js';
import { isRecord } from '../records/assert-record.js';
import type { Session } from '../session/session.js';

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

/** Sends a GET request with a filter. Returns the body of the answer. */
export async function readBody(
  session: Session,
  path: string,
  params: PathParams,
  filter: Filter,
): Promise<unknown> {
  const query = { filter: filterToQuery(filter) };
  const { body } = await session.send({ method: 'GET', path, params, query });
  return body;
}

/** The error for a body of another form than requested. */
export function unexpected(path: string, expected: string, body: unknown) {
  return unexpectedAnswer('Go.Data', { method: 'GET', path }, expected, body);
}
