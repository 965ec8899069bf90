import { baseUrl } from '#common/http/base-url.js';
import { isJsonObject } from '#common/http/index.js';
import { configurationError } from '#common/reporting/errors.js';
import type { Notes } from '#common/reporting/notes.js';

/** A Go.Data credential, as `configuration-schema.json` describes it. */
export interface GoDataConfiguration {
  /** Address of the server's API, with or without `/api` at the end. */
  apiUrl: string;
  email: string;
  password: string;
  /** Seals the memory of two-way runs; the same as in the DHIS2 credential. */
  memoryKey?: string;
  /** What runs that were killed have noted; the host adds it, it is not part of a credential. */
  notes?: Notes;
}

/**
 * Checks a credential and completes its address.
 *
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration), naming the field and never its
 * value
 */
export function readConfiguration(given: unknown): GoDataConfiguration {
  const { apiUrl, email, password, notes } = (given ?? {}) as Partial<GoDataConfiguration>;
  for (const [field, value] of Object.entries({ email, password })) {
    if (typeof value !== 'string' || value === '') {
      throw configurationError('INVALID_CREDENTIAL', `The Go.Data credential has no "${field}".`, {
        fix: 'The credential needs apiUrl, email and password.',
      });
    }
  }
  const address = baseUrl('apiUrl', apiUrl);
  return {
    apiUrl: address.endsWith('/api') ? address : `${address}/api`,
    email: email!,
    password: password!,
    ...(isJsonObject(notes) ? { notes } : {}),
  };
}
