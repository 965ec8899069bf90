import type { Tally } from '#common/handover/tally.js';
import { resolve } from '#common/operations/options.js';
import { noInput } from '#common/operations/step-input.js';
import { nextState, type State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { aggregateCounts } from './aggregate.js';
import { type AggregateMapping, readMapping as readAggregate } from './mapping.js';

/**
 * Turns counts into the values of a data set. The mapping says which counts belong to which data
 * element and which category options their codes mean; the report's org units are those that report
 * for the locations. Reads from DHIS2 which org units report the data set; writes nothing.
 *
 * Every record is in a value, or left out with its reason and the location or code concerned.
 *
 * @public
 * @function
 * @param {AggregateMapping} mapping - The mapping, or a function of the state that returns it
 * @returns {Operation}
 * @state {AggregateReport} data - Input: the counts of a tally. Output: the values
 * @state report - Under `aggregate`: read, counted, leftOut
 * @example <caption>Confirmed cases by sex, at the third level of the tree</caption>
 * aggregate({
 *   dataSet: 'OUTBREAK_WEEKLY',
 *   orgUnits: { by: ['id', 'code'], level: 3 },
 *   dataValues: [
 *     {
 *       dataElement: 'OUTBREAK_CASES_CONFIRMED',
 *       where: { classification: 'CONFIRMED' },
 *       categoryOptions: { sex: { MALE: 'SEX_MALE', FEMALE: 'SEX_FEMALE', '*': 'SEX_UNKNOWN' } },
 *     },
 *   ],
 * });
 */
export function aggregate(mapping: AggregateMapping | ((state: State) => AggregateMapping)) {
  return async <S extends State>(state: S) => {
    const tally = state.data as Tally | undefined;
    if (!tally?.counts || !tally.dimensions) {
      throw noInput('NO_COUNTS', 'counts', 'counts, such as tally of the Go.Data adaptor');
    }
    const read = readAggregate(resolve(mapping, state), tally.dimensions);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { data, report } = await aggregateCounts(client, tally, read);
    return nextState(state, 'aggregate', data, report);
  };
}
