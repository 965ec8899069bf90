import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import { filterToQuery, type Where } from '../query/filter.js';
import type { Session } from '../session/session.js';
import type { LanguageToken } from '../types/index.js';

const PATH = '/languages/{id}/language-tokens';
/**
 * Maximum number of characters of tokens in one request. Its address stays below 8 KB, the limit of
 * proxies.
 */
const MAX_LISTED = 6_000;
/** Characters of the quotes and the comma around a token, as they are sent: %22, %2C. */
const SEPARATORS = 9;

/**
 * Reads labels in one language, for some tokens or for all.
 *
 * @param languageId `english_us`, `french_fr`...
 */
export async function readLanguageTokens(
  session: Session,
  languageId: string,
  tokens?: readonly string[],
): Promise<LanguageToken[]> {
  if (tokens === undefined) return readTokens(session, languageId, {});
  const found: LanguageToken[] = [];
  for (const inq of chunkByLength(tokens)) {
    found.push(...(await readTokens(session, languageId, { token: { inq } })));
  }
  return found;
}

/** Splits tokens by their length: a token is as long as the label that it was made from. */
function* chunkByLength(tokens: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let length = 0;
  for (const token of tokens) {
    const own = encodeURIComponent(token).length + SEPARATORS;
    if (chunk.length > 0 && length + own > MAX_LISTED) {
      yield chunk;
      chunk = [];
      length = 0;
    }
    chunk.push(token);
    length += own;
  }
  if (chunk.length > 0) yield chunk;
}

async function readTokens(
  session: Session,
  languageId: string,
  where: Where,
): Promise<LanguageToken[]> {
  const { body } = await session.send({
    method: 'GET',
    path: PATH,
    params: { id: languageId },
    query: { filter: filterToQuery({ where }) },
  });
  if (isJsonObject(body) && Array.isArray(body.tokens)) return body.tokens as LanguageToken[];
  throw unexpectedAnswer('Go.Data', { method: 'GET', path: PATH }, 'a list of tokens', body);
}
