import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './server-context.js';
import type { Dhis2Store } from './store.js';
import type { SeedUser } from './types.js';
import { answerWebMessage, Refusal } from './web-message.js';

/**
 * Finds the user of a request, by user name and password or by personal access token. Without any
 * credentials the answer is a redirect to the login page, unless the client says that it is a
 * program: `X-Requested-With: XMLHttpRequest` (dhis2 FACTS §6).
 *
 * @param loginPath path of the login page, the context path included
 */
export function authenticate(store: Dhis2Store, loginPath: string): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) {
      const isProgram = c.req.header('x-requested-with') === 'XMLHttpRequest';
      return isProgram
        ? answerWebMessage(c, 401, { message: 'Unauthorized' })
        : c.redirect(loginPath, 302);
    }
    const [scheme = '', secret = ''] = header.split(/ (.*)/s);
    c.set('user', checkAccount(userOf(store, scheme.toLowerCase(), secret)));
    return next();
  };
}

function userOf({ users }: Dhis2Store, scheme: string, secret: string): SeedUser | undefined {
  if (scheme === 'apitoken') return users.find(({ tokens }) => tokens?.includes(secret));
  if (scheme !== 'basic') return undefined;
  const text = Buffer.from(secret, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const [username, password] = [text.slice(0, colon), text.slice(colon + 1)];
  // Basic is refused for users with two-factor authentication (dhis2 FACTS §6).
  return users.find(
    user => user.username === username && user.password === password && !user.twoFactor,
  );
}

function checkAccount(user: SeedUser | undefined): SeedUser {
  if (!user) throw new Refusal(401, { message: 'Unauthorized' });
  if (user.disabled) throw new Refusal(401, { message: 'Account disabled' });
  if (user.locked) throw new Refusal(401, { message: 'Account locked' });
  return user;
}

/** The page that a redirect to the login leads to: HTML with status 200. */
export const LOGIN_PAGE = `<!DOCTYPE html>
<html>
<head><title>DHIS2 login</title></head>
<body><h1>Log in</h1><form method="post" action="loginAction"></form></body>
</html>
`;
