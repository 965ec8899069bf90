import { unexpectedAnswer } from '#common/http/index.js';
import type { GoDataClient } from '../client/client.js';
import type { Filter } from '../client/query/filter.js';
import { isRecord } from '../client/records/assert-record.js';

/**
 * Reads a list of an outbreak in one request. A GET needs no active outbreak (FACTS §1.6).
 *
 * @param path path below the outbreak, `people`
 * @throws IntegrationError `UNEXPECTED_ANSWER` if the answer is not a list of records with ids
 */
export async function readOutbreakList<T extends { id: string }>(
  client: GoDataClient,
  outbreakId: string,
  path: string,
  filter: Filter,
): Promise<T[]> {
  const body = await client.request({
    method: 'GET',
    path: `/outbreaks/${encodeURIComponent(outbreakId)}/${path}`,
    query: { filter },
  });
  if (Array.isArray(body) && body.every(isRecord)) return body as unknown[] as T[];
  const request = { method: 'GET', path: `/outbreaks/{outbreakId}/${path}` } as const;
  throw unexpectedAnswer('Go.Data', request, 'a list', body);
}
