import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import type { GoDataClient } from '../../client/client.js';
import type { Filter } from '../../client/query/filter.js';
import type { ChangeTime } from './change-time.js';

/** The outbreak to read, and how to read it. */
export interface Source {
  client: GoDataClient;
  outbreakId: string;
  time: ChangeTime;
  /** Changes in one request. */
  pageSize: number;
}

/**
 * Reads a list of an outbreak in one request. A GET needs no active outbreak (FACTS §1.6).
 *
 * @param path path below the outbreak
 * @throws IntegrationError `UNEXPECTED_ANSWER`
 */
export async function readList<T extends { id: string }>(
  { client, outbreakId }: Source,
  path: string,
  filter: Filter,
): Promise<T[]> {
  const body = await client.request({
    method: 'GET',
    path: `/outbreaks/${encodeURIComponent(outbreakId)}/${path}`,
    query: { filter },
  });
  if (Array.isArray(body) && body.every(one => isJsonObject(one) && typeof one.id === 'string')) {
    return body as T[];
  }
  const request = { method: 'GET', path: `/outbreaks/{outbreakId}/${path}` } as const;
  throw unexpectedAnswer('Go.Data', request, 'a list', body);
}
