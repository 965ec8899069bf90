import { configurationError, type IntegrationError } from '#common/reporting/errors.js';

/**
 * The error for a mistake in a job's mapping.
 *
 * @param what the rest of the sentence after "The mapping of people", without a value of a person
 */
export function badMapping(what: string, fix?: string): IntegrationError {
  return configurationError('BAD_MAPPING', `The mapping of people ${what}.`, fix ? { fix } : {});
}
