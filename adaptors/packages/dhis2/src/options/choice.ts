import { badOption, refuseUnknownKeys, resolve } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';

/** The option sets to read. */
export interface OptionSetChoice {
  /** Names, codes or ids of option sets, or a function of the state that returns them. */
  optionSets: string[] | ((state: State) => string[]);
}

/**
 * Checks the option sets that a job names.
 *
 * @returns names, codes or ids, each once
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function resolveChoice(given: OptionSetChoice, state: State): string[] {
  refuseUnknownKeys('fetchOptions options', given, ['optionSets']);
  const words = resolve(given.optionSets, state);
  const isList = Array.isArray(words) && words.length > 0;
  if (!isList || words.some(word => typeof word !== 'string' || word.trim() === '')) {
    throw badOption(
      'optionSets',
      'must be a list of names, codes or ids of option sets',
      "For example ['Vaccine types'].",
    );
  }
  return [...new Set(words)];
}
