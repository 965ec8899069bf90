import { isLockedOut, noteFailure, noteSuccess } from '../auth/lockout.js';
import type { GoDataApp, GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';
import { readObject } from '../read-body.js';
import type { JsonObject, User } from '../types.js';

type LoginResult = { twoFA: true } | { twoFA: false; user: User; token: string; created: Date };

/** Logging in, in both ways, and out (godata FACTS §1.1). */
export function addSessionRoutes(app: GoDataApp, context: GoDataContext): void {
  app.post('/api/users/login', async c => {
    const { email, password } = await readObject(c);
    // r004
    if (!email) throw emailRequired();
    const result = logIn(context, String(email).toLowerCase(), password);
    return c.json(result.twoFA ? result : loginAnswer(context, result));
  });

  app.post('/api/oauth/token', async (c, next) => {
    if (!context.dialect.hasOauthAndOneToken) return next();
    const body = await readObject(c);
    const missing = ['username', 'password'].find(name => !body[name]);
    if (missing !== undefined) throw missingParameter(missing);
    // Unlike the other login, this one keeps the case of the address.
    const result = logIn(context, String(body.username), body.password);
    if (result.twoFA) return c.json(result);
    const { ttlSeconds: expires_in } = context;
    return c.json({ token_type: 'bearer', expires_in, access_token: result.token });
  });

  app.post('/api/users/logout', c => {
    const token = c.get('token');
    // r018
    if (token === undefined) throw new ApiError(401, 'accessToken is required to logout');
    context.sessions.close(token);
    return c.body(null, 204);
  });
}

function logIn(context: GoDataContext, email: string, password: unknown): LoginResult {
  const { users } = context.store;
  const now = context.now();
  const user = users.list().find(one => one.email === email);
  if (!user) throw loginFailed();
  if (isLockedOut(user, now)) throw blocked();
  if (user.password !== password) {
    noteFailure(users, user, now);
    throw loginFailed();
  }
  if (user.twoFactor === true) return { twoFA: true };
  noteSuccess(users, user, now);
  return { twoFA: false, user, ...context.sessions.open(user.id) };
}

/** r006 */
function loginAnswer(
  { ttlSeconds, dialect }: GoDataContext,
  { user, token, created }: { user: User; token: string; created: Date },
): JsonObject {
  const time = created.toISOString();
  return {
    id: token,
    ttl: ttlSeconds,
    created: time,
    userId: user.id,
    createdAt: time,
    createdBy: 'system',
    updatedAt: time,
    updatedBy: 'system',
    ...(dialect.hasDbUpdatedAt ? { dbUpdatedAt: time } : {}),
    deleted: false,
  };
}

const loginFailed = () => new ApiError(401, 'login failed', { code: 'LOGIN_FAILED' });

const emailRequired = () =>
  new ApiError(400, 'username or email is required', { code: 'USERNAME_EMAIL_REQUIRED' });

/** r228-r230 */
const blocked = () =>
  new ApiError(422, 'This action has been blocked temporarily', {
    code: 'ACTION_TEMPORARILY_BLOCKED',
  });

/** r009 */
function missingParameter(name: string): ApiError {
  const errorMessages = `Missing required parameter: ${name}`;
  return new ApiError(400, `Invalid request parameters. Details: ${errorMessages}`, {
    code: 'REQUEST_VALIDATION_ERROR',
    details: { errorMessages },
  });
}
