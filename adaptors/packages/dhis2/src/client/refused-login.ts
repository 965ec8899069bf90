import type { ApiAnswer } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';

/**
 * Whether an answer refuses who sends it. A mistyped access token is status 400 (dhis2 LIVE 253, recording
 * 013); all that is wrong with a token comes with this header.
 */
export function isRefusedLogin({ status, headers }: ApiAnswer): boolean {
  return (
    status === 401 || (status === 400 && /^ApiToken/i.test(String(headers['www-authenticate'])))
  );
}

/** What the server's words about a token mean (dhis2 LIVE 253 and its last section), and what to do. */
const TOKENS: readonly (readonly [words: RegExp, message: string, fix: string])[] = [
  [
    /checksum/i,
    'DHIS2 refuses the personal access token: it is not a token that DHIS2 made; a character is wrong or missing.',
    'Copy the whole token into the credential again, or make a new one in DHIS2.',
  ],
  [
    /expired/i,
    'DHIS2 refuses the personal access token: it has expired.',
    'Make a new token in DHIS2 (profile, personal access tokens), and put it into the credential.',
  ],
  [
    /not allowed/i,
    'DHIS2 refuses the personal access token for such a request: its methods, addresses or referrers are limited.',
    'Make a token that allows GET, POST, PUT, PATCH and DELETE from where this runs, or one without limits.',
  ],
];

/** The error for a refused login, by the server's own words. */
export function refusedLogin(message: string, details: object): IntegrationError {
  const aboutToken = /token|checksum/i.test(message);
  const told = aboutToken ? TOKENS.find(([words]) => words.test(message)) : undefined;
  if (told) return configurationError('LOGIN_FAILED', told[1], { fix: told[2], details });
  if (/locked/i.test(message)) {
    return new IntegrationError({
      code: 'ACCOUNT_LOCKED',
      message: 'DHIS2 has locked the account after too many failed logins.',
      fix: 'Correct the password, then wait or have the account unlocked.',
      details,
    });
  }
  if (/disabled|account.*expired/i.test(message)) {
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
      // An expired account is told so too (dhis2 LIVE 255, recording 025).
      fix: 'Correct the credential; if it is right, the account may have expired (ask who manages users). An account with two-factor authentication needs a personal access token.',
      details,
    },
  );
}
