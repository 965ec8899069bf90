import { configurationError, type IntegrationError } from '../reporting/errors.js';

/** An error about an option of an operation, with its key path. */
export function badOption(path: string, expected: string, fix?: string): IntegrationError {
  return configurationError('BAD_OPTION', `${path}: ${expected}.`, fix ? { fix } : {});
}

/**
 * Refuses options that an operation does not know: a mistyped option that is silently ignored costs
 * a country weeks of wrong numbers.
 *
 * @param path the object's name in the message: `tally options`
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
      `Use one of: ${known.join(', ')}.`,
    );
  }
}

/**
 * A whole number within bounds.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function wholeNumber(key: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) {
    return value as number;
  }
  throw badOption(key, `must be a whole number from ${least} to ${most.toLocaleString('en')}`);
}

/**
 * Resolves an argument that may be a function of the state (OpenFn's convention). The function is
 * called once, and its result is not touched (language-common's expandReferences copies deeply and
 * turns Dates into `{}`).
 */
export function resolve<T, S>(value: T | ((state: S) => T), state: S): T {
  return typeof value === 'function' ? (value as (state: S) => T)(state) : value;
}

/**
 * What {@link resolveNested} accepts: a value, a function of the state that returns it, or an
 * object with such parts.
 */
export type Resolvable<T, S> =
  | T
  | ((state: S) => T)
  | (T extends object ? { [K in keyof T]: Resolvable<T[K], S> } : never);

/**
 * Like {@link resolve}, and also resolves functions inside an object: `{ name: dataValue('name')
 * }`. Only lists and plain objects are searched, and only those that hold a function are copied.
 * The result of a function is not touched, however large it is.
 */
export function resolveNested<T, S>(value: Resolvable<T, S>, state: S): T {
  return resolvePart(value, state) as T;
}

function resolvePart(value: unknown, state: unknown): unknown {
  if (typeof value === 'function') return value(state);
  if (Array.isArray(value)) {
    const items = value.map(item => resolvePart(item, state));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlainObject(value)) return value;
  const changes = Object.entries(value)
    .map(([key, part]) => [key, resolvePart(part, state)] as const)
    .filter(([key, part]) => part !== value[key]);
  return changes.length > 0 ? { ...value, ...Object.fromEntries(changes) } : value;
}

/** Jobs run in a realm of their own with another Object, so only the prototype chain shows a plain object. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
