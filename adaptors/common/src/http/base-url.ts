import { configurationError } from '../reporting/errors.js';

/**
 * Checks the address in a credential and brings it to one form: http or https in small letters, which is
 * all that the HTTP client takes, and no slash at the end.
 *
 * @param field name of the credential's field, for the message
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration)
 * @example
 * baseUrl('hostUrl', 'https://dhis2.example.org/'); // https://dhis2.example.org
 */
export function baseUrl(field: string, value: unknown): string {
  // A pattern and not URL: a hosted platform gives jobs no URL class.
  if (typeof value !== 'string' || !/^https?:\/\/[^\s/?#@]+[^\s?#]*$/i.test(value.trim())) {
    throw configurationError(
      'INVALID_CREDENTIAL',
      `"${field}" in the credential is no web address.`,
      {
        fix: 'Give it as https://host/path, without user name and query.',
      },
    );
  }
  return value
    .trim()
    .replace(/^https?/i, scheme => scheme.toLowerCase())
    .replace(/\/+$/, '');
}
