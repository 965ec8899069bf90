import { sendJson } from '../../server/index.js';
import { requireUser } from '../auth/authorise.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';
import { toProjection } from '../filter/fields.js';
import { readQueryFilter } from '../filter/parse-filter.js';
import { select } from '../filter/select.js';

/** Languages and their labels (godata FACTS §2.7, r205, r206, r262). */
export function addLanguageRoutes(app: GoDataApp, { store }: GoDataContext): void {
  // The list needs no account: the user interface shows it before the login.
  app.get('/api/languages', c => {
    const filter = readQueryFilter(new URL(c.req.url));
    const languages = select(store.languages.rows, filter, [['id', 1]]);
    return c.json(languages.map(toProjection(filter.fields)));
  });
  app.get('/api/languages/:id/language-tokens', c => {
    // Without an account the server answers only some labels, and the sandbox does not know which.
    requireUser(c);
    const languageId = c.req.param('id');
    if (!store.languages.get(languageId)) throw noLanguage(languageId);
    const filter = readQueryFilter(new URL(c.req.url));
    const where = { and: [{ languageId }, filter.where] };
    const found = select(store.languageTokens.rows, { ...filter, where }, [['createdAt', 1]]);
    const project = toProjection(filter.fields ?? ['token', 'translation']);
    const updates = found.map(({ updatedAt }) => updatedAt).filter(at => typeof at === 'string');
    const lastUpdateDate = updates.sort().at(-1) ?? null;
    return sendJson(c, { languageId, lastUpdateDate, tokens: found.map(project) });
  });
}

/** r262 */
function noLanguage(id: string): ApiError {
  return new ApiError(404, `could not find a model with id ${id}`, { code: 'MODEL_NOT_FOUND' });
}
