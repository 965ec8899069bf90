import type { Tally } from '#common/handover/tally.js';
import { resolve } from '#common/operations/options.js';
import { noInput } from '#common/operations/step-input.js';
import { coverageLines } from '#common/reporting/coverage.js';
import { type DeclaredProblem, declare } from '#common/reporting/declaration.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { nextState } from '#common/reporting/next-state.js';
import type { State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { aggregateCounts } from './aggregate.js';
import { checkDimensions, type Dimensions, declareDimensions } from './check-dimensions.js';
import { declareRows } from './declare-rows.js';
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
  const operation = async <S extends State>(state: S) => {
    const tally = state.data as Tally | undefined;
    if (!tally?.counts || !tally.dimensions) {
      throw noInput('NO_COUNTS', 'counts', 'counts, such as tally of the Go.Data adaptor');
    }
    const given = resolve(mapping, state);
    const read = readAggregate(given, tally.dimensions);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const unknown = checkDimensions(given, dimensionsOf(tally));
    const { data, report } = await aggregateCounts(client, tally, read, unknown);
    return nextState(state, 'aggregate', data, report, coverageLines(report));
  };
  return declare(operation, {
    check: counts => checkMapping(mapping, counts),
    rows: () => (typeof mapping === 'function' ? [] : declareRows(mapping)),
  });
}

function dimensionsOf({ dimensions, codes = {} }: Tally): Dimensions {
  return Object.fromEntries(
    dimensions.map(name => [name, Object.hasOwn(codes, name) ? codes[name]! : null]),
  );
}

/** What is wrong with a mapping before any count is there. A function of the state is not known yet. */
function checkMapping(
  mapping: AggregateMapping | ((state: State) => AggregateMapping),
  { dimensions }: { dimensions?: Dimensions },
): DeclaredProblem[] {
  if (typeof mapping === 'function' || !dimensions) return [];
  try {
    readAggregate(mapping);
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error;
    return [{ message: error.message, ...(error.fix ? { fix: error.fix } : {}) }];
  }
  return declareDimensions(mapping, dimensions);
}
