import type { AggregateReport } from '#common/handover/aggregate-report.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { nextState, type State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { readUpsertOptions, type UpsertDataValuesOptions } from './options.js';
import { upsertReport } from './upsert-report.js';

/**
 * Brings the data values of a report to what was counted. First the mapping is checked against the
 * server, and whatever does not fit stops the run, all of it listed at once. Then the present values
 * are read, and only cells that differ are sent, zeros for those whose count has fallen to nothing
 * included. What was written is read back. Running again at once writes nothing.
 *
 * @public
 * @function
 * @param {UpsertDataValuesOptions} [options] - owner, explicitZeros, closedPeriods, complete, async, chunkSize
 * @returns {Operation}
 * @state {AggregateReport} data - Input: the values. Output: `plan`, the table of what changed
 * @state report - Under `upsert-data-values`: created, updated, unchanged, rejected
 * @state dryRun - Optional input: true stops after the plan
 * @example <caption>A ministry that wants zeros and completeness</caption>
 * upsertDataValues({ explicitZeros: true, complete: true });
 */
export function upsertDataValues(options: UpsertDataValuesOptions = {}) {
  return async <S extends State>(state: S) => {
    const read = readUpsertOptions(options);
    const data = state.data as AggregateReport | undefined;
    if (!data?.values || !data.elements) {
      throw noInput('NO_VALUES', 'values', 'aggregates');
    }
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { dryRun, today: _today, since: _since, ...rest } = state;
    const { plan, report } = await upsertReport(client, data, read, readDryRun(dryRun));
    // A scheduler begins the next run with this state: the inputs of this one must not stick to it.
    return nextState(rest, 'upsert-data-values', { plan }, report);
  };
}
