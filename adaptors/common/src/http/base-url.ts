import { configurationError } from '../reporting/errors.js';

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
  // A pattern, not the URL class: a hosted platform gives jobs no URL class.
  if (typeof value !== 'string' || !/^https?:\/\/[^\s/?#@]+[^\s?#]*$/i.test(value.trim())) {
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
