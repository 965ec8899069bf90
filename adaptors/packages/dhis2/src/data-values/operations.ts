import { readBrake } from '#common/brake/large-change.js';
import type { AggregateReport } from '#common/handover/aggregate-report.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { finishWriting } from '#common/reporting/finish-writing.js';
import { readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { keepPlanned } from '#common/reporting/undo-table.js';
import { undoRowsOf } from '#common/undo/rows-of.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { ValueClient } from '../client/value-client.js';
import { readUpsertOptions, type UpsertDataValuesOptions } from './options.js';
import { undoDataValueRows } from './undo/undo-data-values.js';
import { upsertReport } from './upsert-report.js';

/**
 * Writes the values of a report to DHIS2. First it checks the mapping against the server; if there
 * are problems, the run stops and lists all of them. Then it reads the current values and sends
 * only the cells that differ, among them zeros where nothing is counted any more. It reads back
 * what was written. A second run right after writes nothing.
 *
 * @public
 * @function
 * @param {UpsertDataValuesOptions} [options] - owner, explicitZeros, closedPeriods, complete,
 * async, chunkSize, largeChange, onRejected
 * @returns {Operation}
 * @state {AggregateReport} data - Input: the values. Output: `plan`, the table of changes;
 * `undo`, what they were before; `comparison`, sums as counted and as DHIS2 has them
 * @state report - Under `upsert-data-values`: created, updated, unchanged, rejected
 * @state dryRun - Optional input: true stops after the plan
 * @state allowLargeChange - Optional input: true sets more values to zero than `largeChange` allows
 * @example <caption>With explicit zeros and completeness</caption>
 * upsertDataValues({ explicitZeros: true, complete: true });
 */
export function upsertDataValues(options: UpsertDataValuesOptions = {}) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    const read = readUpsertOptions(options);
    const data = state.data as AggregateReport | undefined;
    if (!data?.values || !data.elements) {
      throw noInput('NO_VALUES', 'values', 'aggregates');
    }
    const client = new ValueClient(state.configuration as Dhis2Configuration);
    const {
      dryRun: isDry,
      today: _today,
      since: _since,
      allowLargeChange: _allowed,
      ...rest
    } = state;
    const brake = readBrake(options, state, readDryRun(isDry));
    const { plan, undo, comparison, report } = await upsertReport(
      client,
      data,
      read,
      brake,
      planned => keepPlanned(state, planned),
    );
    // A scheduler starts the next run with this state, so it must not contain the inputs of this
    // run.
    return finishWriting(state, rest, {
      step: 'upsert-data-values',
      before: ['aggregate'],
      onRejected,
      data: { plan, undo, comparison },
      report,
    });
  };
}

/**
 * Takes back what a run changed in DHIS2's data values, where they are still as that run left them:
 * new values are deleted, others get their old value. What has changed since is left alone and
 * reported. It reads back what was written. `godata-dhis2 undo` uses it.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state undo - Input: the changes to take back, a table as a writing step leaves it in `data.undo`
 * @state data - Output: `plan`, the table of changes; `undo`, what they were before
 * @state report - Under `undo-data-values`: created, updated, deleted, unchanged, rejected, leftOut
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * undoDataValues();
 */
export function undoDataValues() {
  return async <S extends State>(state: S) => {
    const rows = undoRowsOf(state, 'data value');
    const { dryRun: isDry, ...rest } = state;
    const client = new ValueClient(state.configuration as Dhis2Configuration);
    const { plan, undo, report } = await undoDataValueRows(client, rows, readDryRun(isDry));
    return finishWriting(state, rest, {
      step: 'undo-data-values',
      before: [],
      onRejected: 'report',
      data: { plan, undo },
      report,
    });
  };
}
