import type { ApiAnswer } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';

/**
 * Whether DHIS2 rejected the login. For a mistyped access token the status is 400 (dhis2 LIVE 253,
 * recording 013). Every error about a token has this header.
 */
export function isRefusedLogin({ status, headers }: ApiAnswer): boolean {
  return (
    status === 401 || (status === 400 && /^ApiToken/i.test(String(headers['www-authenticate'])))
  );
}

/** DHIS2's messages about a token (dhis2 LIVE 253 and its last section), and the error for each. */
const TOKENS: readonly (readonly [words: RegExp, message: string, fix: string])[] = [
  [
    /checksum/i,
    'DHIS2 refuses the personal access token: a character is wrong or missing.',
    'Copy the whole token into the credential again, or create a new one in DHIS2.',
  ],
  [
    /expired/i,
    'DHIS2 refuses the personal access token: it has expired.',
    'Create a new token in DHIS2 (profile, personal access tokens) and copy it into the credential.',
  ],
  [
    /not allowed/i,
    'DHIS2 refuses the personal access token for this request: the token is limited to other methods, addresses or referrers.',
    'Create a token without limits, or one that allows GET, POST, PUT, PATCH and DELETE from this machine.',
  ],
];

/** Builds the error for a rejected login from the server's message. */
export function refusedLogin(message: string, details: object): IntegrationError {
  const aboutToken = /token|checksum/i.test(message);
  const told = aboutToken ? TOKENS.find(([words]) => words.test(message)) : undefined;
  if (told) return configurationError('LOGIN_FAILED', told[1], { fix: told[2], details });
  if (/locked/i.test(message)) {
    return new IntegrationError({
      code: 'ACCOUNT_LOCKED',
      message: 'DHIS2 has locked the account after too many failed logins.',
      fix: 'Correct the password, then wait, or ask an administrator to unlock the account.',
      details,
    });
  }
  if (/disabled|account.*expired/i.test(message)) {
    return configurationError(
      'ACCOUNT_DISABLED',
      'DHIS2 says that the account is disabled or has expired.',
      {
        fix: 'Ask an administrator whether the account can be enabled, or use another one.',
        details,
      },
    );
  }
  return configurationError(
    'LOGIN_FAILED',
    'DHIS2 refuses the user name and password, or the token.',
    {
      // For an expired account DHIS2 may give the same answer (dhis2 LIVE 255, recording 025).
      fix: 'Correct the credential. If it is correct, ask an administrator whether the account has expired. An account with two-factor authentication needs a personal access token.',
      details,
    },
  );
}
