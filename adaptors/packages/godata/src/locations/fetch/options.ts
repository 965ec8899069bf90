import { badOption, refuseUnknownKeys, resolve } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';

/** A value, or a function of the state that returns it. */
type Lazy<T> = T | ((state: State) => T);

/** Which locations to read. */
export interface FetchLocationsOptions {
  /** Ids or identifier codes of the root locations to read. Default: the whole tree. */
  roots?: Lazy<string[]>;
  /** The lowest level to read; 0 is the top of Go.Data's tree. Default: all levels. */
  level?: Lazy<number | undefined>;
  /**
   * Approximate number of locations in one run: the children of one parent stay together. Default
   * 20,000. The run's input `batchSize` overrides it.
   */
  batchSize?: number;
}

/** The options, checked and with defaults. */
export interface ResolvedFetch {
  roots: string[];
  level: number | undefined;
  batchSize: number;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolveFetch(given: FetchLocationsOptions, state: State): ResolvedFetch {
  refuseUnknownKeys('fetchLocations options', given, ['roots', 'level', 'batchSize']);
  const roots = resolve(given.roots ?? [], state);
  if (!Array.isArray(roots) || roots.some(root => typeof root !== 'string' || root === '')) {
    throw badOption(
      'roots',
      'must be a list of location ids or codes',
      "For example ['3b3d2c1a-64f0-4ab1-9d0c-0f6f3c2f9a11'].",
    );
  }
  const level = resolve(given.level, state);
  if (level !== undefined) wholeNumber('level', level, 0, 100);
  const batchSize = state.batchSize ?? given.batchSize ?? 20_000;
  return {
    roots: [...new Set(roots)],
    level,
    batchSize: wholeNumber('batchSize', batchSize, 1, 100_000),
  };
}

function wholeNumber(key: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw badOption(key, `must be a whole number from ${least} to ${most.toLocaleString('en')}`);
}
