import { createDice, type Dice } from './dice.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ALPHABET = `${LETTERS}0123456789`;

/** An id of DHIS2's form: 11 letters and digits, a letter first. */
export function toUid(dice: Dice): string {
  let uid = dice.pick([...LETTERS]);
  while (uid.length < 11) uid += ALPHABET[Math.floor(dice.next() * ALPHABET.length)];
  return uid;
}

/** An id of DHIS2's form that is always the same for a name, such as a location's id. */
export function uidOf(name: string): string {
  return toUid(createDice(...Buffer.from(name)));
}

/** Whether DHIS2 could have this id. */
export function isUid(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9]{10}$/.test(value);
}

/** Every group of four hexadecimal digits: a million records have ten million groups. */
const HEX = Array.from({ length: 0x10000 }, (_, value) => value.toString(16).padStart(4, '0'));

/** An id of Go.Data's form, a version 4 UUID. */
export function toUuid(dice: Dice): string {
  return uuidOf(group(dice) + group(dice), dice);
}

/**
 * An id of Go.Data's form that sorts by its number, so that a page by id is found without the ids
 * before it.
 *
 * @param number 0 to 4,294,967,295
 */
export function toOrderedUuid(number: number, dice: Dice): string {
  return uuidOf(HEX[number >>> 16]! + HEX[number & 0xffff]!, dice);
}

function uuidOf(first: string, dice: Dice): string {
  const version = `4${group(dice).slice(1)}`;
  const variant = `a${group(dice).slice(1)}`;
  return `${first}-${group(dice)}-${version}-${variant}-${group(dice)}${group(dice)}${group(dice)}`;
}

function group(dice: Dice): string {
  return HEX[Math.floor(dice.next() * 0x10000)]!;
}
