import { configurationError, type IntegrationError } from '#common/reporting/errors.js';

/**
 * An error about what a job's mapping gives.
 *
 * @param what goes on after "The mapping of mapTrackedEntities", without a value of a person
 */
export function badMapping(what: string, fix?: string): IntegrationError {
  return configurationError(
    'BAD_MAPPING',
    `The mapping of mapTrackedEntities ${what}.`,
    fix ? { fix } : {},
  );
}
