import type { Operation, Resolvable } from '#common/operations/operation.js';
import { resolveNested } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { accessOf } from '../client/rest/request.js';
import type { DataValueSet } from '../data-values/payload/payload-chunks.js';
import { writeDataValues } from './write.js';

/**
 * Imports data values, for jobs of the old style: `state.data` stays as it is, and the answer is
 * added at the start of `state.references`. In new jobs use `create('dataValueSets', ...)`, or
 * `upsertDataValues`, which plans before it writes.
 *
 * @public
 * @function
 * @param {object} data - `{ dataSet, period, orgUnit, completeDate, dataValues }`
 * @returns {Operation}
 * @state references - The answer first: `{ statusCode, body }`
 * @state report - Under `data-value-import`, if something was not stored
 * @example
 * dataValueSet({
 *   dataSet: 'kIfMNugiTgd',
 *   orgUnit: dataValue('orgUnit'),
 *   period: '20260301',
 *   dataValues: [{ dataElement: 'CnPsS2xE8UN', value: dataValue('cases') }],
 * });
 */
export function dataValueSet(data: Resolvable<DataValueSet>): Operation {
  return async state => {
    const payload = resolveNested<DataValueSet, State>(data, state);
    const written = await writeDataValues(state, accessOf(state), payload, {});
    const references = Array.isArray(state.references) ? state.references : [];
    const result = { statusCode: written.answer.status, body: written.data };
    return { ...written.state, references: [result, ...references] };
  };
}
