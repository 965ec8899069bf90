import { configurationError, type IntegrationError } from '../reporting/errors.js';

/**
 * Reads `dryRun` of the state.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for what is neither true nor false
 */
export function readDryRun(dryRun: unknown): boolean {
  if (dryRun === undefined || typeof dryRun === 'boolean') return dryRun === true;
  throw configurationError('BAD_OPTION', 'dryRun in the state must be true or false.', {
    fix: 'A text or a number would be taken for either; write true or false.',
  });
}

/**
 * The error of a step whose `data` is not what it needs.
 *
 * @param what the missing records, in the plural: `people`
 * @param step what the step before must do, as a verb with its object: `maps them`
 */
export function noInput(code: string, what: string, step: string): IntegrationError {
  return configurationError(code, `There are no ${what} in state.data.`, {
    fix: `The step before must be one that ${step}.`,
  });
}
