import type { LargeChangeOption } from '#common/brake/large-change.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import type { MemoryPlace } from '#common/ownership/index.js';
import type { OnRejectedOption } from '#common/reporting/on-rejected.js';

/** Options of `upsertTrackedEntities`. */
export interface UpsertTrackedEntitiesOptions extends LargeChangeOption, OnRejectedOption {
  /** Let the server import in the background, and wait for it. Default false. */
  async?: boolean;
  /** Objects in one request, at most 500. Default 500. */
  chunkSize?: number;
  /**
   * Create again what somebody has deleted in DHIS2. Default false: it is reported, and stays deleted.
   * What this operation itself deleted always comes back when its person does.
   */
  recreate?: boolean;
  /**
   * In a dry run, ask DHIS2 what it would refuse (`importMode=VALIDATE`): the same requests as
   * a run that writes, but nothing is stored. Default true; `validateInDryRun` in the state overrides it.
   */
  validateInDryRun?: boolean;
  /**
   * Where to keep what both systems last agreed on, for fields whose owner is `latest`. Default: in
   * the state.
   */
  memory?: MemoryPlace;
}

/** Options, checked and with defaults. */
export interface ResolvedUpsert {
  async: boolean;
  chunkSize: number;
  recreate: boolean;
  validateInDryRun: boolean;
  memory: MemoryPlace | undefined;
}

/** Larger imports take longer for each object (dhis2 FACTS §9). */
const MAX_CHUNK = 500;

/**
 * Checks the options and fills in defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolveUpsert(given: UpsertTrackedEntitiesOptions): ResolvedUpsert {
  const keys = [
    'async',
    'chunkSize',
    'recreate',
    'validateInDryRun',
    'memory',
    'largeChange',
    'onRejected',
  ];
  refuseUnknownKeys('upsertTrackedEntities options', given, keys);
  const { async: inBackground = false, chunkSize = MAX_CHUNK, recreate = false } = given;
  const { validateInDryRun = true, memory } = given;
  if (typeof inBackground !== 'boolean') throw badOption('async', 'must be true or false');
  if (typeof recreate !== 'boolean') throw badOption('recreate', 'must be true or false');
  if (typeof validateInDryRun !== 'boolean') {
    throw badOption('validateInDryRun', 'must be true or false');
  }
  if (!Number.isInteger(chunkSize) || chunkSize < 1 || chunkSize > MAX_CHUNK) {
    throw badOption('chunkSize', `must be a whole number from 1 to ${MAX_CHUNK}`);
  }
  return { async: inBackground, chunkSize, recreate, validateInDryRun, memory };
}
