import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** How org units are written. */
export interface UpsertOrgUnitsOptions {
  /**
   * Org units that a run writes at most: DHIS2 takes them one by one, and platforms end long runs. What
   * is left is done by the next run, which the state asks for by `more`. Default 1,000.
   */
  maxWrites?: number;
}

/**
 * Checks the options and completes them.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readUpsertOptions(given: UpsertOrgUnitsOptions): Required<UpsertOrgUnitsOptions> {
  refuseUnknownKeys('upsertOrgUnits options', given, ['maxWrites']);
  const { maxWrites = 1000 } = given;
  if (!Number.isInteger(maxWrites) || maxWrites < 1 || maxWrites > 100_000) {
    throw badOption('maxWrites', 'must be a whole number from 1 to 100,000');
  }
  return { maxWrites };
}
