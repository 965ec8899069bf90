import { configurationError, IntegrationError } from '../../../common/src/errors.js';
import type { ApiAnswer, ApiRequest } from '../../../common/src/http/index.js';

/** The envelope of DHIS2's errors (dhis2 FACTS §6). */
interface WebMessage {
  message?: string;
  errorCode?: string;
}

/** Turns an answer with an error status into an error for its reader. */
export function serverError(request: ApiRequest, { status, body }: ApiAnswer): IntegrationError {
  const { message = '', errorCode } = (body as WebMessage | undefined) ?? {};
  const details = {
    system: 'DHIS2',
    method: request.method,
    path: request.path,
    status,
    serverCode: errorCode,
  };
  if (status === 401) return refusedLogin(message, details);
  if (status === 403) {
    const authorities = /\[([\w, -]+)\]/.exec(message)?.[1];
    return new IntegrationError({
      code: 'MISSING_PERMISSION',
      message: `DHIS2 refuses ${request.method} ${request.path}${authorities ? `: the account lacks the authority ${authorities}` : ': the account may not do this'}.`,
      fix: 'Give the account a user role with this authority, and sharing on the data set.',
      details: { ...details, ...(authorities ? { authorities: authorities.split(/,\s*/) } : {}) },
    });
  }
  if (status === 404) {
    return configurationError('NOT_FOUND', `DHIS2 has no ${request.method} ${request.path}.`, {
      fix: 'Check that hostUrl is the address of DHIS2, with its context path and without /api.',
      details,
    });
  }
  return new IntegrationError({
    code: 'SERVER_ERROR',
    message: `DHIS2 answered ${request.method} ${request.path} with status ${status}${errorCode ? ` (${errorCode})` : ''}${message ? `: ${message}` : '.'}`,
    fix: "Run again; if it stays so, look for this request in the server's log.",
    details,
  });
}

function refusedLogin(message: string, details: object): IntegrationError {
  if (/locked/i.test(message)) {
    return new IntegrationError({
      code: 'ACCOUNT_LOCKED',
      message: 'DHIS2 has locked the account after too many failed logins.',
      fix: 'Correct the password, then wait or have the account unlocked.',
      details,
    });
  }
  if (/disabled|expired/i.test(message)) {
    return configurationError(
      'ACCOUNT_DISABLED',
      'DHIS2 says that the account is disabled or has expired.',
      {
        fix: 'Have the account enabled, or use another one.',
        details,
      },
    );
  }
  return configurationError(
    'LOGIN_FAILED',
    'DHIS2 refuses the user name and password, or the token.',
    {
      fix: 'Correct the credential. An account with two-factor authentication needs a personal access token.',
      details,
    },
  );
}
