import type { MiddlewareHandler } from 'hono';
import { noAnswer } from '../../server/index.js';
import type { GoDataContext, GoDataEnv } from '../context.js';
import { readToken } from './read-token.js';

/**
 * Finds the user of a request before anything else, the route included. An expired token is refused
 * on every route; a wrong one is no token, or never answered if it came as `Bearer`.
 */
export function authenticate({ sessions, store }: GoDataContext): MiddlewareHandler<GoDataEnv> {
  return async (c, next) => {
    const sent = readToken(new URL(c.req.url), c.req.raw.headers);
    if (sent) {
      if (sent.hangsAlways) await noAnswer();
      const user = store.users.get(sessions.use(sent.token) ?? '');
      if (!user && sent.hangsIfInvalid) await noAnswer();
      // An unknown token is no token: the route then asks for a user, or does not (r011, r017).
      if (user) {
        c.set('user', user);
        c.set('token', sent.token);
      }
    }
    await next();
  };
}
