import type { MiddlewareHandler } from 'hono';
import { noAnswer } from '../../server/index.js';
import type { GoDataContext, GoDataEnv } from '../context.js';
import { readToken } from './read-token.js';

/**
 * Finds the user of a request before anything else, even before the route. An expired token is
 * refused on every route. A wrong token counts as no token; if it came as `Bearer`, the request is
 * never answered.
 */
export function authenticate({ sessions, store }: GoDataContext): MiddlewareHandler<GoDataEnv> {
  return async (c, next) => {
    const sent = readToken(new URL(c.req.url), c.req.raw.headers);
    if (sent) {
      if (sent.hangsAlways) await noAnswer();
      const user = store.users.get(sessions.use(sent.token) ?? '');
      if (!user && sent.hangsIfInvalid) await noAnswer();
      // An unknown token counts as no token: the route then requires a user, or does not (r011,
      // r017).
      if (user) {
        c.set('user', user);
        c.set('token', sent.token);
      }
    }
    await next();
  };
}
