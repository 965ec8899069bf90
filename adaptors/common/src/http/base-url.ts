import { configurationError } from '../reporting/errors.js';

/**
 * Scheme, host, port and path. No user name, which would reach logs; no query; nothing that the path
 * of a request could not be added to. A pattern, not the URL class: a hosted platform gives jobs no
 * URL class.
 */
const ADDRESS =
  /^https?:\/\/([\p{L}\p{N}._~-]+|\[[\da-f:.]+\])(:([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?(\/[^\s?#\\\p{Cc}]*)?$/iu;

/**
 * Checks the address in a credential and normalises it: the scheme in lower case, which is all that
 * the HTTP client accepts, and no slash at the end.
 *
 * @param field name of the credential's field, for the message
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration)
 * @example
 * baseUrl('hostUrl', 'https://dhis2.example.org/'); // https://dhis2.example.org
 */
export function baseUrl(field: string, value: unknown): string {
  if (typeof value !== 'string' || !ADDRESS.test(value.trim())) {
    throw configurationError(
      'INVALID_CREDENTIAL',
      `"${field}" in the credential is not a web address.`,
      {
        fix: 'Write it as https://host/path, without user name and query.',
      },
    );
  }
  return value
    .trim()
    .replace(/^https?/i, scheme => scheme.toLowerCase())
    .replace(/\/+$/, '');
}
