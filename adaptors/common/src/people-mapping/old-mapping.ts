import { configurationError, type IntegrationError } from '../reporting/errors.js';

/**
 * The error of a job that calls an operation of an older version.
 *
 * @param operation `mapCases` or `mapTrackedEntities`
 */
export function oldMapping(operation: string): IntegrationError {
  return configurationError(
    'OLD_MAPPING',
    `${operation} has been replaced by mapPeople, one mapping for both ways.`,
    { fix: 'Write the mapping as rows: docs/upgrading.md shows how.' },
  );
}
