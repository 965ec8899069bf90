import { hashText } from '../identity/sha256.js';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LENGTH = 5;

/** Fingerprint of a value that has not been seen yet. */
export const UNSEEN = '?????';

const DAY = /^(\d{4}-\d{2}-\d{2})T00:00:00\.000Z$/;

/**
 * A value as five characters: enough to see that it has changed (one change in a thousand million
 * goes unseen). Whoever has it can still find the value by trying all that are likely, so it stands
 * only beside the values, between two steps; the memory seals it with a key.
 *
 * @param value as one of the two systems has it. Null, a blank text, an empty list and an object
 * without values count as no value; a day counts as its midnight in UTC
 */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify(plain(value)) ?? '';
  const known = prints.get(text);
  if (known !== undefined) return known;
  const print = toPrint(hashText(text)[0]!);
  if (prints.size >= MAX_PRINTS) prints.clear();
  prints.set(text, print);
  return print;
}

/**
 * Prints that are computed already. Most values are codes, days or none, and come again: of ten
 * prints of a batch, nine are here.
 */
const prints = new Map<string, string>();
const MAX_PRINTS = 5000;

/** A number of 32 bits, with or without a sign, as a fingerprint: six bits a sign, the lowest first. */
export function toPrint(number: number): string {
  let print = '';
  for (let shift = 0; shift < LENGTH * 6; shift += 6) print += SIGNS[(number >>> shift) & 63]!;
  return print;
}

/** One form for all values that mean the same; undefined for no value. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return (DAY.exec(value)?.[1] ?? value.trim()) || undefined;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    // The order counts: a value that moves within a list is a change.
    const items = value.map(item => plain(item) ?? null);
    return items.some(item => item !== null) ? items : undefined;
  }
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, plain(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
