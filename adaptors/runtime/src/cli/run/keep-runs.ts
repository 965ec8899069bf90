import { InvalidArgumentError } from 'commander';
import type { Keep } from '../../record/records.js';

/**
 * Reads `--keep-runs`: `50` keeps the newest 50, `90d` those of the last 90 days.
 *
 * @throws InvalidArgumentError
 */
export function readKeep(value: string): Keep {
  const [, digits, unit] = /^(\d{1,6})(d?)$/.exec(value) ?? [];
  const number = Number(digits);
  if (!number) {
    throw new InvalidArgumentError('Give a number from 1, such as 50, or days, such as 90d.');
  }
  return unit === 'd' ? { days: number } : { newest: number };
}
