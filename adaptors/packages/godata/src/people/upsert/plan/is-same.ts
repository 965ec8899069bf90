import { ownOf } from '#common/collections/own.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Whether a stored value equals a wanted one. A day is stored as its midnight in UTC (godata FACTS
 * §5.7). Undefined, null, a blank text, and a list or an object of only such values are equal: a form
 * of Go.Data leaves `[{ value: [] }]` where nothing is ticked.
 */
export function isSame(stored: unknown, wanted: unknown): boolean {
  if (stored === wanted) return true;
  if (isEmpty(stored) || isEmpty(wanted)) return isEmpty(stored) && isEmpty(wanted);
  if (Array.isArray(stored) && Array.isArray(wanted)) {
    return stored.length === wanted.length && wanted.every((one, i) => isSame(stored[i], one));
  }
  if (isObject(stored) && isObject(wanted)) {
    const isSameIn = (key: string) => isSame(ownOf(stored, key), ownOf(wanted, key));
    return Object.keys(wanted).every(isSameIn) && Object.keys(stored).every(isSameIn);
  }
  return asStored(stored) === asStored(wanted);
}

function asStored(value: unknown): unknown {
  return typeof value === 'string' && DAY.test(value) ? `${value}T00:00:00.000Z` : value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
