import { InvalidArgumentError } from 'commander';

/**
 * A value of the command line that must have a text: an empty one comes from a shell variable that
 * is not set.
 *
 * @throws InvalidArgumentError
 */
export function notEmpty(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It is empty.');
}
