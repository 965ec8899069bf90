import { badOption, refuseUnknownKeys, resolve } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';

/** A value, or a function of the state that returns it. */
type Lazy<T> = T | ((state: State) => T);

/** Which org units to read. */
export interface FetchOrgUnitsOptions {
  /** Ids or codes of the org units at which to begin. Default: the whole tree. */
  roots?: Lazy<string[]>;
  /** The lowest level to read; 1 is the top of DHIS2's tree. Default: all levels. */
  level?: Lazy<number | undefined>;
  /** Org units in one request, at most 10,000. Default 1,000. */
  pageSize?: number;
  /**
   * Most org units of a run, plus the other children of the last parent: children of a parent stay
   * together. Default 20,000. The run's input `batchSize` replaces it.
   */
  batchSize?: number;
}

/** The options with their defaults, checked. */
export interface ResolvedFetch {
  roots: string[];
  level: number | undefined;
  pageSize: number;
  batchSize: number;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), with the key
 */
export function resolveFetch(given: FetchOrgUnitsOptions, state: State): ResolvedFetch {
  refuseUnknownKeys('fetchOrgUnits options', given, ['roots', 'level', 'pageSize', 'batchSize']);
  const roots = resolve(given.roots ?? [], state);
  if (!Array.isArray(roots) || roots.some(root => typeof root !== 'string' || root === '')) {
    throw badOption(
      'roots',
      'must be a list of org unit ids or codes',
      "For example ['ImspTQPwCqd'].",
    );
  }
  const level = resolve(given.level, state);
  if (level !== undefined) wholeNumber('level', level, 100);
  const batchSize = state.batchSize ?? given.batchSize ?? 20_000;
  return {
    roots: [...new Set(roots)],
    level,
    pageSize: wholeNumber('pageSize', given.pageSize ?? 1000, 10_000),
    batchSize: wholeNumber('batchSize', batchSize, 100_000),
  };
}

function wholeNumber(key: string, value: unknown, most: number): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) {
    return value as number;
  }
  throw badOption(key, `must be a whole number from 1 to ${most.toLocaleString('en')}`);
}
