import { util } from '@openfn/language-common';
import { baseUrl } from '#common/http/base-url.js';
import { configurationError } from '#common/reporting/errors.js';

/** A DHIS2 credential, as `configuration-schema.json` describes it. */
export interface Dhis2Configuration {
  /** Address of the server, with or without `/api` at its end. */
  hostUrl: string;
  username?: string;
  password?: string;
  /** Personal access token; goes before username and password. */
  pat?: string;
  /** Number of the API for `get`, `create`, `tracker.import` and the like; better left out. */
  apiVersion?: string | number | null;
}

/** Where to send requests, and what proves who sends them. */
export interface Access {
  /** API root, `https://host/api`. Never with a version number: old servers answer differently there
   * (dhis2 FACTS §1.3). */
  apiUrl: string;
  authorization: string;
}

/**
 * Checks a credential and makes of it what each request needs.
 *
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration), naming the field and never its value
 */
export function readConfiguration(given: unknown): Access {
  const { hostUrl, username, password, pat, ...others } = (given ??
    {}) as Partial<Dhis2Configuration>;
  // Old credentials have the address in `apiUrl`.
  const address = baseUrl('hostUrl', hostUrl || (others as { apiUrl?: unknown }).apiUrl);
  const apiUrl = address.endsWith('/api') ? address : `${address}/api`;
  const token = String(pat ?? '').trim();
  if (/\s/.test(token)) {
    throw configurationError('INVALID_CREDENTIAL', '"pat" has a blank or a line break in it.', {
      fix: 'Copy the personal access token again, as one word.',
    });
  }
  if (token) return { apiUrl, authorization: `ApiToken ${token}` };
  if (username && password) {
    return { apiUrl, authorization: util.makeBasicAuthHeader(username, password).Authorization };
  }
  throw configurationError(
    'INVALID_CREDENTIAL',
    '"username" and "password", or "pat", are missing in the DHIS2 credential.',
    {
      fix: 'Give an account, or a personal access token of one.',
    },
  );
}
