import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { refusedRead } from '../refused-read.js';
import { serverError } from '../server-error.js';
import { readAllPages } from './read-all-pages.js';
import { refuseGaps } from './refuse-gaps.js';
import { bodyOf, type RequestOptions, type RestAccess, sendRest, toApiRequest } from './request.js';

/** Options of a read of a list. */
export interface AllPages {
  /** Whether to read all pages. Default false: only the page that the query requests. */
  allPages?: boolean;
}

/** The answer to a read. */
export interface RestRead {
  data: unknown;
  request: ApiRequest;
  /** The last answer, if there were several requests. */
  answer: ApiAnswer;
}

/**
 * @throws IntegrationError for every status of 400 and above, `READ_INCOMPLETE`, and `BAD_OPTION`
 * for `allPages` with `parseAs` other than json
 */
export async function readRest(
  access: RestAccess,
  path: string,
  query: Record<string, unknown>,
  { allPages = false, ...options }: RequestOptions & AllPages,
): Promise<RestRead> {
  const { parseAs = 'json' } = options;
  if (allPages && parseAs !== 'json') {
    throw badOption('parseAs', 'must be json or absent when allPages is set: the pages are joined');
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
