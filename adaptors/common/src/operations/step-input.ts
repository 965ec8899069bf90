import { configurationError, type IntegrationError } from '../reporting/errors.js';

/**
 * Reads `dryRun` from the state.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) unless it is true, false or absent
 */
export function readDryRun(dryRun: unknown): boolean {
  if (dryRun === undefined || typeof dryRun === 'boolean') return dryRun === true;
  throw configurationError('BAD_OPTION', 'dryRun in the state must be true or false.', {
    fix: 'Write true or false, not a text or a number.',
  });
}

/**
 * The error of a step that did not get what it needs in `data`.
 *
 * @param what the missing records, in the plural: `people`
 * @param step what the step before must do, as a verb with its object: `maps them`
 */
export function noInput(code: string, what: string, step: string): IntegrationError {
  return configurationError(code, `There are no ${what} in state.data.`, {
    fix: `The step before must be one that ${step}.`,
  });
}
