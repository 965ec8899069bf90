import type { LargeChangeOption } from '#common/brake/large-change.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { OnRejectedOption } from '#common/reporting/on-rejected.js';

/** Options for writing org units. */
export interface UpsertOrgUnitsOptions extends LargeChangeOption, OnRejectedOption {
  /**
   * Most org units that a run writes. DHIS2 accepts them only one by one, and platforms stop long
   * runs. When the limit is reached, `more` in the state requests another run. Default 1,000.
   */
  maxWrites?: number;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), with the key
 */
export function readUpsertOptions(given: UpsertOrgUnitsOptions): { maxWrites: number } {
  refuseUnknownKeys('upsertOrgUnits options', given, ['maxWrites', 'largeChange', 'onRejected']);
  const { maxWrites = 1000 } = given;
  if (!Number.isInteger(maxWrites) || maxWrites < 1 || maxWrites > 100_000) {
    throw badOption('maxWrites', 'must be a whole number from 1 to 100,000');
  }
  return { maxWrites };
}
