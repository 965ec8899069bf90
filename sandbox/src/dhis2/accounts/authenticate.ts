import type { Context, MiddlewareHandler } from 'hono';
import { answerWebMessage, Refusal } from '../http/web-message.js';
import type { ApiEnv, ServerContext } from '../server-context.js';
import { userOfToken } from './tokens.js';
import type { SeedUser } from './types.js';

/**
 * Finds the user of a request, by user name and password or by personal access token. A request
 * without credentials, or with an unknown scheme, is redirected to the login page, unless the
 * client says that it is a program: `X-Requested-With: XMLHttpRequest` (dhis2 LIVE 252, recordings
 * 007, 008, 014).
 *
 * @param loginPath path of the login page, the context path included
 */
export function authenticate(context: ServerContext, loginPath: string): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const [scheme = '', secret = ''] = (c.req.header('authorization') ?? '').split(/ (.*)/s);
    const kind = scheme.toLowerCase();
    if (kind !== 'basic' && kind !== 'apitoken') return answerNobody(c, loginPath);
    const { users } = context.store;
    const now = context.clock();
    const user =
      kind === 'basic'
        ? userOfPassword(users, secret)
        : userOfToken(users, secret, c.req.method, now);
    c.set('user', checkAccount(user, now));
    return next();
  };
}

function answerNobody(c: Context, loginPath: string): Response {
  if (c.req.header('x-requested-with') === 'XMLHttpRequest') {
    return answerWebMessage(c, 401, { message: 'Unauthorized' });
  }
  return c.body(null, 302, { Location: `${new URL(c.req.url).origin}${loginPath}` });
}

/** Basic authentication is refused for users with two-factor authentication (dhis2 LIVE 262). */
function userOfPassword(users: readonly SeedUser[], secret: string): SeedUser | undefined {
  const text = Buffer.from(secret, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const [username, password] = [text.slice(0, colon), text.slice(colon + 1)];
  return users.find(
    user => user.username === username && user.password === password && !user.twoFactor,
  );
}

/** An expired account is refused like one that does not exist (recording 025). */
function checkAccount(user: SeedUser | undefined, now: Date): SeedUser {
  if (!user) throw new Refusal(401, { message: 'Unauthorized' });
  if (user.disabled) throw new Refusal(401, { message: 'Account disabled' });
  if (user.locked) throw new Refusal(401, { message: 'Account locked' });
  if (user.accountExpiry !== undefined && new Date(user.accountExpiry) <= now) {
    throw new Refusal(401, { message: 'Unauthorized' });
  }
  return user;
}

/** The page that a redirect to the login leads to: HTML with status 200. */
export const LOGIN_PAGE = `<!DOCTYPE html>
<html>
<head><title>DHIS2 login</title></head>
<body><h1>Log in</h1><form method="post" action="loginAction"></form></body>
</html>
`;
