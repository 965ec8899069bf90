import { type LargeChangeOption, readBrake } from '#common/brake/large-change.js';
import type { FetchedOptionBatch } from '#common/handover/fetched-option-batch.js';
import type { MappedReferenceDataBatch } from '#common/handover/mapped-reference-data-batch.js';
import { refuseUnknownKeys } from '#common/operations/options.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { finishWriting } from '#common/reporting/finish-writing.js';
import { nextState } from '#common/reporting/next-state.js';
import { type OnRejectedOption, readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { mapBatch as mapOptions } from './map/map-batch.js';
import {
  type MapReferenceDataOptions,
  type OptionSetMapping,
  readMapOptions as readReferenceOptions,
  readSetMappings,
} from './map/options.js';
import { upsertBatch as upsertReferenceBatch } from './upsert-batch.js';

/**
 * Maps options to reference data. Each option set has a category, and a function that gives the
 * fields of an option's item. Labels and codes that Go.Data would refuse as duplicates are made
 * distinct and reported.
 *
 * @public
 * @function
 * @param {OptionSetMapping[]} optionSets - Which option set becomes which category: optionSet, category, toItem, whenGone
 * @param {MapReferenceDataOptions} [options] - distinctLabel, distinctCode, mark
 * @returns {Operation}
 * @state {MappedReferenceDataBatch} data - Input: option sets. Output: reference data
 * @state report - Under `map-reference-data`: read, leftOut, adjusted (texts made distinct), rejected
 * @example
 * mapReferenceData([{ optionSet: 'Vaccine types', category: 'VACCINE' }]);
 */
export function mapReferenceData(
  optionSets: OptionSetMapping[],
  options: MapReferenceDataOptions = {},
) {
  return <S extends State>(state: S) => {
    const mappings = readSetMappings(optionSets);
    const read = readReferenceOptions(options);
    const fetched = state.data as FetchedOptionBatch | undefined;
    if (!Array.isArray(fetched?.optionSets)) {
      throw noInput('NO_OPTION_SETS', 'option sets', 'fetches them');
    }
    const { batch, report } = mapOptions(fetched, mappings, read);
    return nextState(state, 'map-reference-data', batch, report);
  };
}

/**
 * Writes the mapped items to Go.Data's reference data: reads the existing items once, makes a plan
 * and writes only the differences. An item is found by its code, so a renamed option keeps its
 * item, and the records of people keep a valid id. Items that the server does not allow to change
 * stay as they are. Nothing is deleted. A second run directly after the first writes nothing.
 *
 * @public
 * @function
 * @param {LargeChangeOption & OnRejectedOption} [options] - largeChange, onRejected
 * @returns {Operation}
 * @state {MappedReferenceDataBatch} data - Input: reference data. Output: `plan`, the table of changes, and `ids`: option set → option code → id of the item
 * @state report - Under `upsert-reference-data`: created, updated, unchanged, deactivated, rejected
 * @state dryRun - Optional input: true stops after the plan
 * @state allowLargeChange - Optional input: true deactivates more than `largeChange` allows
 * @example
 * upsertReferenceItems();
 */
export function upsertReferenceItems(options: LargeChangeOption & OnRejectedOption = {}) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    refuseUnknownKeys('upsertReferenceItems options', options, ['largeChange', 'onRejected']);
    const batch = state.data as MappedReferenceDataBatch | undefined;
    if (!Array.isArray(batch?.sets)) {
      throw noInput('NO_REFERENCE_DATA', 'reference data', 'maps them');
    }
    const { dryRun: isDry, allowLargeChange: _allowed, today: _today, ...rest } = state;
    const brake = readBrake(options, state, readDryRun(isDry));
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, ids, report } = await upsertReferenceBatch(client, batch, brake);
    return finishWriting(state, rest, {
      step: 'upsert-reference-data',
      before: ['fetch-options', 'map-reference-data'],
      onRejected,
      data: { plan, ids },
      report,
    });
  };
}
