import { configurationError, type IntegrationError } from '#common/reporting/errors.js';

/**
 * An error about what a job's mapping returns.
 *
 * @param what rest of the sentence after "The mapping of people", without a person's
 * value
 */
export function badMapping(what: string, fix?: string): IntegrationError {
  return configurationError('BAD_MAPPING', `The mapping of people ${what}.`, fix ? { fix } : {});
}
