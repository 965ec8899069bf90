import { isJsonObject, unexpectedAnswer } from '../../../common/src/http/index.js';
import { filterToQuery, type Where } from './filter.js';
import type { Session } from './session.js';
import type { LanguageToken } from './types/index.js';

const PATH = '/languages/{id}/language-tokens';
/** Tokens of one request: its address stays below 16 KB (godata FACTS §3). */
const MAX_TOKENS = 100;

/**
 * Reads labels in one language: of some tokens, or of all that there are.
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
  for (let start = 0; start < tokens.length; start += MAX_TOKENS) {
    const where = { token: { inq: tokens.slice(start, start + MAX_TOKENS) } };
    found.push(...(await readTokens(session, languageId, where)));
  }
  return found;
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
