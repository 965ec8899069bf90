import { remember } from '../collections/remember.js';
import { hashText } from '../identity/sha256.js';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Signs of a fingerprint. */
export const PRINT_LENGTH = 5;

/** Fingerprint of a value that has not been seen yet. */
export const UNSEEN = '?????';

const DAY = /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/;
/** Signs of a day, and of a day with its midnight in UTC. */
const DAY_LENGTH = 10;
const MIDNIGHT_LENGTH = 24;
/** A key that an object puts before all others. */
const INDEX = /^(0|[1-9]\d{0,9})$/;

/**
 * A value as five characters: enough to see that it has changed (one change in a thousand million
 * goes unseen). Whoever has it can still find the value by trying all that are likely, so it stands
 * only beside the values, between two steps; the memory seals it with a key.
 *
 * @param value as one of the two systems has it. Null, a blank text, false (a flag of Go.Data that
 * nobody has set), an empty list and an object without values count as no value; a day counts as
 * its midnight in UTC
 */
export function fingerprint(value: unknown): string {
  return printOf(value === false ? '' : (plainText(value) ?? ''));
}

/**
 * Number of prints to remember. Most values are codes, days or none, and come again: of ten prints
 * of a batch, nine are known.
 */
const MAX_PRINTS = 5000;

const printOf = remember(MAX_PRINTS, text => toPrint(hashText(text)[0]!));

/** A number of 32 bits, with or without a sign, as a fingerprint: six bits a sign, the lowest first. */
export function toPrint(number: number): string {
  let print = '';
  for (let shift = 0; shift < PRINT_LENGTH * 6; shift += 6)
    print += SIGNS[(number >>> shift) & 63]!;
  return print;
}

/** One JSON text for all values that mean the same; undefined for no value. */
function plainText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') {
    const text = dayOf(value) ?? value.trim();
    return text === '' ? undefined : JSON.stringify(text);
  }
  if (typeof value === 'number') return `"${value}"`;
  if (Array.isArray(value)) return listText(value);
  return typeof value === 'object' ? objectText(value) : JSON.stringify(value);
}

/** The day whose midnight in UTC a text is. */
function dayOf(text: string): string | undefined {
  const isDay = text.length === MIDNIGHT_LENGTH && DAY.test(text);
  return isDay ? text.slice(0, DAY_LENGTH) : undefined;
}

/** The order counts: a value that moves within a list is a change. */
function listText(list: readonly unknown[]): string | undefined {
  let text = '';
  let isEmpty = true;
  for (const item of list) {
    const part = plainText(item);
    if (part !== undefined) isEmpty = false;
    text += text === '' ? (part ?? 'null') : `,${part ?? 'null'}`;
  }
  return isEmpty ? undefined : `[${text}]`;
}

/** The values in the order of their keys. An object puts keys that are numbers first, in their order. */
function objectText(value: object): string | undefined {
  const numbers: string[] = [];
  const names: string[] = [];
  const parts = new Map<string, string>();
  for (const key of Object.keys(value)) {
    const part = plainText((value as Record<string, unknown>)[key]);
    if (part === undefined) continue;
    parts.set(key, part);
    (isIndex(key) ? numbers : names).push(key);
  }
  if (parts.size === 0) return undefined;
  const texts = [...numbers, ...names.sort()].map(
    key => `${JSON.stringify(key)}:${parts.get(key)}`,
  );
  return `{${texts.join(',')}}`;
}

function isIndex(key: string): boolean {
  return INDEX.test(key) && Number(key) < 2 ** 32 - 1;
}
