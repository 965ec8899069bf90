import { util } from '@openfn/language-common';
import { baseUrl } from '#common/http/base-url.js';
import { configurationError } from '#common/reporting/errors.js';

/** A DHIS2 credential, as defined in `configuration-schema.json`. */
export interface Dhis2Configuration {
  /** Address of the server, with or without `/api` at the end. */
  hostUrl: string;
  username?: string;
  password?: string;
  /** Personal access token. Used instead of username and password if both are given. */
  pat?: string;
  /** Version number of the API for `get`, `create`, `tracker.import` and similar operations. Best omitted. */
  apiVersion?: string | number | null;
  /** Seals the memory of two-way runs; the same as in the Go.Data credential. */
  memoryKey?: string;
}

/** Where to send requests, and how to authenticate them. */
export interface Access {
  /**
   * API root, `https://host/api`. It never has a version number: old servers answer differently
   * there (dhis2 FACTS §1.3).
   */
  apiUrl: string;
  authorization: string;
}

/**
 * Checks a credential and derives what each request needs.
 *
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration). It names the field, never its
 * value.
 */
export function readConfiguration(given: unknown): Access {
  const credential = (given ?? {}) as Partial<Dhis2Configuration> & { apiUrl?: unknown };
  // Old credentials have the address in `apiUrl`.
  const address = baseUrl('hostUrl', credential.hostUrl || credential.apiUrl);
  const apiUrl = address.endsWith('/api') ? address : `${address}/api`;
  const authorization = authorizationOf(credential);
  if (authorization) return { apiUrl, authorization };
  throw configurationError(
    'INVALID_CREDENTIAL',
    'The DHIS2 credential has neither "pat" nor "username" and "password".',
    {
      fix: 'Add a personal access token, or a user name and password.',
    },
  );
}

/**
 * The header that authenticates requests; undefined if a credential has neither a token nor user
 * name and password. A token comes first.
 *
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration) for a token that cannot be a header
 */
export function authorizationOf({
  username,
  password,
  pat,
}: Partial<Dhis2Configuration>): string | undefined {
  const token = String(pat ?? '').trim();
  // It becomes a header, which takes nothing else.
  if (!/^[!-~]*$/.test(token)) {
    const message = '"pat" contains a space, a line break or a letter that no token has.';
    throw configurationError('INVALID_CREDENTIAL', message, {
      fix: 'Copy the personal access token again, without spaces.',
    });
  }
  if (token) return `ApiToken ${token}`;
  if (!username || !password) return undefined;
  return util.makeBasicAuthHeader(username, password).Authorization;
}
