import { configurationError, IntegrationError } from '#common/reporting/errors.js';

/**
 * Reads something without which a mapping cannot be checked.
 *
 * @param what what is read, with its article: `the reference data`
 * @throws IntegrationError `NO_METADATA` (configuration) if the account lacks the permission
 */
export async function readMetadata<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof IntegrationError) || error.code !== 'MISSING_PERMISSION') throw error;
    throw configurationError(
      'NO_METADATA',
      `The Go.Data account may not read ${what}: ${error.message}`,
      { fix: 'Give the account this permission. Nothing was written.' },
    );
  }
}
