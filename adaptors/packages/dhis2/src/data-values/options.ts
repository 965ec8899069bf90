import type { LargeChangeOption } from '#common/brake/large-change.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { OnRejectedOption } from '#common/reporting/on-rejected.js';

/** Options for writing data values. */
export interface UpsertDataValuesOptions extends LargeChangeOption, OnRejectedOption {
  /**
   * Which values may be set to zero when nothing is counted any more. `outbreak`: those that this
   * outbreak's runs have written. `data-set`: all values in the report's cells, whoever wrote them;
   * for a data set with no other source. Default `outbreak`.
   */
  owner?: 'outbreak' | 'data-set';
  /** Whether to write a zero in every cell of each org unit and period that has a count. Default false. */
  explicitZeros?: boolean;
  /**
   * What to do when a value would change in a period that is closed in DHIS2. `stop`: write
   * nothing. `report`: reject these values and write the others. Default `stop`.
   */
  closedPeriods?: 'stop' | 'report';
  /**
   * Whether to register the data set as complete for each org unit and ended period that has a
   * count. Default false.
   */
  complete?: boolean;
  /**
   * Import in the background on the server and wait for it: for slow servers and large plans.
   * Default false.
   */
  async?: boolean;
  /** Values in one request, at most 1,000. Default 1,000. */
  chunkSize?: number;
}

/** The options of this workflow, with defaults. */
export type ResolvedUpsert = Required<
  Omit<UpsertDataValuesOptions, keyof LargeChangeOption | keyof OnRejectedOption>
>;

const KEYS = [
  'largeChange',
  'onRejected',
  'owner',
  'explicitZeros',
  'closedPeriods',
  'complete',
  'async',
  'chunkSize',
] as const;

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), with the key
 */
export function readUpsertOptions(given: UpsertDataValuesOptions = {}): ResolvedUpsert {
  refuseUnknownKeys('upsertDataValues options', given, KEYS);
  const { largeChange: _largeChange, onRejected: _onRejected, ...others } = given;
  const options = {
    owner: 'outbreak' as const,
    explicitZeros: false,
    closedPeriods: 'stop' as const,
    complete: false,
    async: false,
    chunkSize: 1000,
    ...others,
  };
  if (!['outbreak', 'data-set'].includes(options.owner))
    throw badOption('owner', "must be 'outbreak' or 'data-set'");
  if (!['stop', 'report'].includes(options.closedPeriods))
    throw badOption('closedPeriods', "must be 'stop' or 'report'");
  for (const key of ['explicitZeros', 'complete', 'async'] as const) {
    if (typeof options[key] !== 'boolean') throw badOption(key, 'must be true or false');
  }
  if (!Number.isInteger(options.chunkSize) || options.chunkSize < 1 || options.chunkSize > 1000) {
    throw badOption('chunkSize', 'must be a whole number from 1 to 1,000');
  }
  return options;
}
