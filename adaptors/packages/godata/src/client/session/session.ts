import {
  type ApiAnswer,
  type ApiRequest,
  type Requester,
  unexpectedAnswer,
} from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import type { GoDataConfiguration } from '../configuration.js';
import { serverError } from '../server-error.js';

/** Logged-in requests: one login for all of them. */
export interface Session {
  /** @throws IntegrationError for every status of 400 and above */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** The answer whatever its status: some refusals are reports (godata FACTS §2.2). */
  exchange(request: ApiRequest): Promise<ApiAnswer>;
  /** Id of the account that is logged in. */
  accountId(): Promise<string>;
  /** Whether the server stamps records with `dbUpdatedAt`: since 2.47 (godata FACTS §3). */
  hasDbUpdatedAt(): Promise<boolean>;
}

/** What a login gives. */
interface Login {
  token: string;
  userId?: unknown;
  hasDbUpdatedAt: boolean;
}

/**
 * Keeps one token for all requests. The server allows one live token an account (godata FACTS §1.2),
 * so parallel requests that find theirs expired must share one new login, or they would end each
 * other's sessions. The token goes in the raw Authorization header: an invalid one behind `Bearer`
 * gets no answer ever and can end a server process (FACTS §1.3).
 */
export function createSession(requester: Requester, configuration: GoDataConfiguration): Session {
  let login: Promise<Login> | undefined;

  function currentLogin(): Promise<Login> {
    if (!login) {
      const attempt = logIn(requester, configuration);
      login = attempt;
      // A failed login must not be remembered as the session.
      attempt.catch(() => {
        if (login === attempt) login = undefined;
      });
    }
    return login;
  }

  async function exchange(request: ApiRequest): Promise<ApiAnswer> {
    let used = currentLogin();
    let answer = await requester.send(withToken(request, await used));
    if (answer.status === 401) {
      // Expired, or ended by another login of the account. The server's two codes for it do not tell
      // which (FACTS §1.2); another request may have logged in again already.
      if (login === used) login = undefined;
      used = currentLogin();
      answer = await requester.send(withToken(request, await used));
    }
    return answer;
  }

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const answer = await exchange(request);
    if (answer.status >= 400) throw serverError(request, answer);
    return answer;
  }

  async function accountId(): Promise<string> {
    const { userId } = await currentLogin();
    if (typeof userId === 'string') return userId;
    throw unexpectedAnswer('Go.Data', LOGIN, 'an account', undefined);
  }

  // The token is a record that the server has just written, with the stamps that it gives to all (r006).
  const hasDbUpdatedAt = async () => (await currentLogin()).hasDbUpdatedAt;

  return { send, exchange, accountId, hasDbUpdatedAt };
}

const LOGIN = { method: 'POST', path: '/users/login' } as const;

function withToken(request: ApiRequest, { token }: Login): ApiRequest {
  return { ...request, headers: { ...request.headers, Authorization: token } };
}

/** Never repeated after a refusal: ten failures lock the account for half an hour (FACTS §1.4). */
async function logIn(
  requester: Requester,
  { email, password }: GoDataConfiguration,
): Promise<Login> {
  const request: ApiRequest = { ...LOGIN, body: { email, password }, idempotent: true };
  const answer = await requester.send(request);
  const body = answer.body as
    | {
        id?: unknown;
        userId?: unknown;
        dbUpdatedAt?: unknown;
        twoFA?: unknown;
        error?: { code?: string };
      }
    | undefined;
  if (answer.status === 200 && typeof body?.id === 'string') {
    const { id: token, userId, dbUpdatedAt } = body;
    return { token, userId, hasDbUpdatedAt: dbUpdatedAt !== undefined };
  }
  if (answer.status === 200 && body?.twoFA === true) {
    throw configurationError(
      'TWO_FACTOR',
      'The Go.Data account asks for a code sent by e-mail at each login.',
      {
        fix: 'Jobs cannot read e-mail: use an account without two-factor authentication.',
      },
    );
  }
  if (answer.status === 401) {
    throw configurationError(
      'LOGIN_FAILED',
      'Go.Data refuses the e-mail address or the password.',
      {
        fix: 'Correct the credential before the next run: ten failures lock the account for 30 minutes.',
      },
    );
  }
  if (body?.error?.code === 'ACTION_TEMPORARILY_BLOCKED') {
    throw new IntegrationError({
      code: 'ACCOUNT_LOCKED',
      message: 'Go.Data has locked the account after too many failed logins.',
      fix: 'Correct the password, then wait 30 minutes.',
    });
  }
  if (answer.status === 200) {
    throw configurationError('NOT_GODATA', 'What answers at apiUrl is not Go.Data.', {
      fix: 'Check apiUrl in the credential.',
    });
  }
  throw serverError(request, answer);
}
