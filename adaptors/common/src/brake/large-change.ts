import { badOption } from '../operations/options.js';
import { configurationError } from '../reporting/errors.js';
import type { State } from '../reporting/report.js';

/** The option of every writing operation. */
export interface LargeChangeOption {
  /**
   * The share of what this workflow owns, from 0 to 1, that one run may deactivate, delete, cancel,
   * clear or set to zero. A run that would do it to more, and to 10 records or more, stops before
   * it writes. The run's input `allowLargeChange: true` (`--allow-large-change`) lets it go on; 1
   * never stops. Default 0.2.
   */
  largeChange?: number;
}

/** Fewer records never stop a run. */
const LEAST = 10;
const DEFAULT_SHARE = 0.2;

/** How much a run may take away. */
export interface Brake {
  share: number;
  /** The user has said that it is wanted. */
  isAllowed: boolean;
  /** In a dry run nothing stops: it shows the changes, and says that a run would stop. */
  dryRun: boolean;
}

/** Records of one kind that a run would take away. */
export interface Loss {
  /** In the plural: `locations`. */
  what: string;
  /** What happens to them: `deactivate`. */
  verb: string;
  count: number;
  /** How many there are that this workflow owns. */
  owned: number;
  /** Nothing that it owns is in the source: it stops however few they are. */
  isForeign?: boolean;
}

/**
 * Reads how much a run may take away.
 *
 * @param option of the operation
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function readBrake(
  { largeChange }: LargeChangeOption,
  state: State,
  dryRun: boolean,
): Brake {
  const share = largeChange ?? DEFAULT_SHARE;
  if (typeof share !== 'number' || !(share >= 0 && share <= 1)) {
    throw badOption(
      'largeChange',
      'must be a number from 0 to 1',
      'For example 0.2, which is 20 %.',
    );
  }
  const { allowLargeChange } = state;
  if (allowLargeChange !== undefined && typeof allowLargeChange !== 'boolean') {
    throw badOption('allowLargeChange in the state', 'must be true or false');
  }
  return { share, isAllowed: allowLargeChange === true, dryRun };
}

/**
 * Stops a run that would take away much more than usual: the sign of a credential of another
 * server, of an account that sees less, or of a broken mapping.
 *
 * @param losses what the plan would take away
 * @returns for a dry run, what a real run would say
 * @throws IntegrationError `LARGE_CHANGE` (configuration); nothing was written
 * @example
 * checkLargeChange([{ what: 'locations', verb: 'deactivate', count: 125, owned: 137 }], brake);
 */
export function checkLargeChange(
  losses: readonly Loss[],
  { share, isAllowed, dryRun }: Brake,
): string[] {
  const large = losses.filter(
    ({ count, owned, isForeign }) => (isForeign || count >= LEAST) && count > share * owned,
  );
  if (large.length === 0 || isAllowed) return [];
  const limit = `more than ${Math.round(share * 100)} %`;
  const rows = large.map(
    ({ what, verb, count, owned }) =>
      `${verb} ${count} of ${Math.max(count, owned)} ${what} (${percent(count, owned)} %)`,
  );
  if (dryRun) {
    return [
      `A run would stop before it writes: it would ${rows.join(' and ')}, ${limit}. With --allow-large-change it goes on.`,
    ];
  }
  throw configurationError(
    'LARGE_CHANGE',
    `The run would ${rows.join(' and ')}, ${limit}. Nothing was written.`,
    {
      fix: 'Check both credentials, what their accounts see, and the mapping; --dry-run shows every change. If all of it is wanted, run with --allow-large-change (on a platform: the input allowLargeChange: true).',
      details: { losses: large },
    },
  );
}

function percent(count: number, owned: number): number {
  return Math.round((100 * count) / Math.max(count, owned));
}
