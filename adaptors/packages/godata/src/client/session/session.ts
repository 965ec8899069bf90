import {
  type ApiAnswer,
  type ApiRequest,
  isJsonObject,
  type Requester,
  unexpectedAnswer,
} from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import type { GoDataConfiguration } from '../configuration.js';
import { errorIn } from '../error-body.js';
import { serverError } from '../server-error.js';
import { returnAccount } from './return-account.js';

/** Sends requests with one login for all of them. */
export interface Session {
  /** @throws IntegrationError for every status of 400 and above */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** Returns the answer whatever its status is: some refusals are reports (godata FACTS §2.2). */
  ask(request: ApiRequest): Promise<ApiAnswer>;
  /** Id of the account that is logged in. */
  accountId(): Promise<string>;
  /** Whether the server sets `dbUpdatedAt` of records: it does since 2.47 (godata FACTS §3). */
  hasDbUpdatedAt(): Promise<boolean>;
  /** What the login has shown of the server's version; undefined before it. */
  versionRange(): string | undefined;
}

/** The answer to a login. */
interface Login {
  token: string;
  userId?: unknown;
  hasDbUpdatedAt: boolean;
}

/**
 * Creates a session with one token for all requests. The server allows one valid token for each
 * account (godata FACTS §1.2). When parallel requests find the token expired, they share one new
 * login; otherwise they would end each other's sessions. The token is the whole value of the
 * Authorization header: the server never answers an invalid token after `Bearer`, and it can end a
 * server process (FACTS §1.3).
 */
export function createSession(requester: Requester, configuration: GoDataConfiguration): Session {
  let login: Promise<Login> | undefined;
  // A token that expires in the middle of a run must not end the run's own visit to an outbreak.
  let isFirst = true;
  let range: string | undefined;

  function currentLogin(): Promise<Login> {
    if (!login) {
      const attempt = begin();
      login = attempt;
      // The next request must try a new login.
      attempt.catch(() => {
        if (login === attempt) login = undefined;
      });
    }
    return login;
  }

  async function begin(): Promise<Login> {
    const made = await logIn(requester, configuration);
    if (isFirst) await returnAccount(requester, configuration.notes, made);
    isFirst = false;
    range = made.hasDbUpdatedAt ? '2.47 or later' : '2.46 or earlier';
    return made;
  }

  async function ask(request: ApiRequest): Promise<ApiAnswer> {
    let used = currentLogin();
    let answer = await requester.send(withToken(request, await used));
    if (answer.status === 401) {
      // The token expired, or another login of the account ended it: the server's two codes do not
      // say which (FACTS §1.2). Another request may have logged in again already.
      if (login === used) login = undefined;
      used = currentLogin();
      answer = await requester.send(withToken(request, await used));
    }
    return answer;
  }

  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const answer = await ask(request);
    if (answer.status >= 400) throw serverError(request, answer);
    return answer;
  }

  async function accountId(): Promise<string> {
    const { userId } = await currentLogin();
    if (typeof userId === 'string') return userId;
    throw unexpectedAnswer('Go.Data', LOGIN, 'an account', undefined);
  }

  // The server has just written the token's own record, with the timestamps that all its records
  // have (r006).
  const hasDbUpdatedAt = async () => (await currentLogin()).hasDbUpdatedAt;

  return { send, ask, accountId, hasDbUpdatedAt, versionRange: () => range };
}

const LOGIN = { method: 'POST', path: '/users/login' } as const;

function withToken(request: ApiRequest, { token }: Login): ApiRequest {
  return { ...request, headers: { ...request.headers, Authorization: token } };
}

/**
 * Never repeated after a refusal: ten failed logins lock the account for half an hour (FACTS §1.4).
 */
async function logIn(
  requester: Requester,
  { email, password }: GoDataConfiguration,
): Promise<Login> {
  const request: ApiRequest = { ...LOGIN, body: { email, password }, idempotent: true };
  const answer = await requester.send(request);
  const body = isJsonObject(answer.body) ? answer.body : undefined;
  // The token becomes a header. A text that cannot is no token of Go.Data.
  if (answer.status === 200 && typeof body?.id === 'string' && /^[!-~]+$/.test(body.id)) {
    const { id: token, userId, dbUpdatedAt } = body;
    return { token, userId, hasDbUpdatedAt: dbUpdatedAt !== undefined };
  }
  if (answer.status === 200 && body?.twoFA === true) {
    throw configurationError(
      'TWO_FACTOR',
      'Go.Data asks for a code sent by e-mail at each login of this account.',
      {
        fix: 'Use an account without two-factor authentication.',
      },
    );
  }
  if (answer.status === 401) {
    throw configurationError(
      'LOGIN_FAILED',
      'Go.Data refused the e-mail address or the password.',
      {
        fix: 'Correct the credential before the next run. Ten failed logins lock the account for 30 minutes.',
      },
    );
  }
  if (errorIn(body).code === 'ACTION_TEMPORARILY_BLOCKED') {
    throw new IntegrationError({
      code: 'ACCOUNT_LOCKED',
      message: 'Go.Data has locked the account after too many failed logins.',
      fix: 'Correct the password, then wait 30 minutes.',
    });
  }
  if (answer.status === 200) {
    throw configurationError('NOT_GODATA', 'The server at apiUrl is not Go.Data.', {
      fix: 'Check apiUrl in the credential.',
    });
  }
  throw serverError(request, answer);
}
