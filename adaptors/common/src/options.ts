import { configurationError, type IntegrationError } from './errors.js';

/** An error about an option that an operation was given, naming its key path. */
export function badOption(path: string, expected: string, fix?: string): IntegrationError {
  return configurationError('BAD_OPTION', `${path}: ${expected}.`, fix ? { fix } : {});
}

/**
 * Refuses options that an operation does not know: a mistyped option that is silently ignored costs
 * a country weeks of wrong numbers.
 *
 * @param path where the object stands, for the message: `tally options`
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function refuseUnknownKeys(path: string, given: unknown, known: readonly string[]): void {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw badOption(path, 'must be an object');
  }
  const unknown = Object.keys(given).filter(key => !known.includes(key));
  if (unknown.length > 0) {
    throw badOption(
      path,
      `${unknown.map(key => `"${key}"`).join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not known`,
      `Known are: ${known.join(', ')}.`,
    );
  }
}

/**
 * OpenFn's convention: an argument may be a function of the state. It is called once, and what it
 * gives is left alone (language-common's expandReferences copies deeply and turns Dates into `{}`).
 */
export function resolve<T, S>(value: T | ((state: S) => T), state: S): T {
  return typeof value === 'function' ? (value as (state: S) => T)(state) : value;
}
