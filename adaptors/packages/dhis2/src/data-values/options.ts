import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** How data values are written. */
export interface UpsertDataValuesOptions {
  /**
   * Whose values may be set to zero when nothing is counted any more. `outbreak`: those that this
   * outbreak's runs have written. `data-set`: all in the report's cells, whoever wrote them; for a
   * data set that nothing else fills. Default `outbreak`.
   */
  owner?: 'outbreak' | 'data-set';
  /** Write a zero in every cell of every org unit and period that has a count. Default false. */
  explicitZeros?: boolean;
  /**
   * What to do when a value would change in a period that DHIS2 keeps closed. `stop`: write nothing.
   * `report`: reject those values, write the rest. Default `stop`.
   */
  closedPeriods?: 'stop' | 'report';
  /** Register the data set as complete for each org unit and ended period that has a count. Default false. */
  complete?: boolean;
  /** Let the server import in the background, and wait for it: for slow servers and large plans. Default false. */
  async?: boolean;
  /** Values a request, at most 1,000. Default 1,000. */
  chunkSize?: number;
}

const KEYS = ['owner', 'explicitZeros', 'closedPeriods', 'complete', 'async', 'chunkSize'] as const;

/**
 * Checks the options and completes them.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readUpsertOptions(
  given: UpsertDataValuesOptions = {},
): Required<UpsertDataValuesOptions> {
  refuseUnknownKeys('upsertDataValues options', given, KEYS);
  const options = {
    owner: 'outbreak' as const,
    explicitZeros: false,
    closedPeriods: 'stop' as const,
    complete: false,
    async: false,
    chunkSize: 1000,
    ...given,
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
