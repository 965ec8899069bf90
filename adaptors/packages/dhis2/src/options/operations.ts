import { nextState } from '#common/reporting/next-state.js';
import type { State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { type OptionSetChoice, resolveChoice } from './choice.js';
import { fetchSets } from './fetch-sets.js';

/**
 * Reads option sets with their options, in DHIS2's order.
 *
 * @public
 * @function
 * @param {OptionSetChoice} choice - optionSets: names, codes or ids
 * @returns {Operation}
 * @state {FetchedOptionBatch} data - The option sets
 * @state report - Under `fetch-options`: read
 * @example
 * fetchOptions({ optionSets: ['Vaccine types'] });
 */
export function fetchOptions(choice: OptionSetChoice) {
  return async <S extends State>(state: S) => {
    const words = resolveChoice(choice, state);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { batch, report } = await fetchSets(client, words);
    return nextState(state, 'fetch-options', batch, report);
  };
}
