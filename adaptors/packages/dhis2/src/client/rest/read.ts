import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { refusedRead } from '../refused-read.js';
import { serverError } from '../server-error.js';
import { readAllPages } from './read-all-pages.js';
import { refuseGaps } from './refuse-gaps.js';
import { bodyOf, type RequestOptions, type RestAccess, sendRest, toApiRequest } from './request.js';

/** Whether a list is read to its end. */
export interface AllPages {
  /** Default false: the one page that the query asks for. */
  allPages?: boolean;
}

/** What was read, and how. */
export interface RestRead {
  data: unknown;
  request: ApiRequest;
  /** The last one, if there were several. */
  answer: ApiAnswer;
}

/**
 * @throws IntegrationError for every status of 400 and above, `READ_INCOMPLETE`, and `BAD_OPTION` for all
 *   pages as texts
 */
export async function readRest(
  access: RestAccess,
  path: string,
  query: Record<string, unknown>,
  { allPages = false, ...options }: RequestOptions & AllPages,
): Promise<RestRead> {
  const { parseAs = 'json' } = options;
  if (allPages && parseAs !== 'json') {
    throw badOption('parseAs', 'must be json, or absent, beside allPages: pages are put together');
  }
  let last: { request: ApiRequest; answer: ApiAnswer } | undefined;
  const read = async (asked: Record<string, unknown>) => {
    const rest = {
      ...options,
      method: 'GET' as const,
      path,
      query: { ...options.query, ...asked },
    };
    const request = toApiRequest(access, rest);
    const answer = await sendRest(access, rest);
    const refused = refusedRead(request, answer);
    if (refused) throw refused;
    if (answer.status >= 400) throw serverError(request, answer);
    last = { request, answer };
    const body = bodyOf(answer, parseAs);
    refuseGaps(path, body);
    return body;
  };
  const data = allPages ? await readAllPages(path, query, read) : await read(query);
  return { data, ...last! };
}
