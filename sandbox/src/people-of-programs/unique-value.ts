import {
  formatDay,
  type GeneratedSegment,
  isGenerated,
  parseTextPattern,
} from '../dhis2/tracker/generate/text-pattern.js';
import type { Field } from './field.js';

/** Who a unique value is for. */
export interface Owner {
  /** The person's number, from 0. */
  number: number;
  /** The day of the registration, `yyyy-MM-dd`. */
  day: string;
  /** The code of the org unit of the registration. */
  orgUnitCode: string;
}

/** Characters of each place of a generated segment, as the server draws them. */
const ALPHABETS: Readonly<Record<string, string>> = {
  '#': '0123456789',
  X: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  x: 'abcdefghijklmnopqrstuvwxyz',
  '*': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
};

/** Value types of which a number makes a value that nobody else has. */
const BY_NUMBER: Readonly<Record<string, (number: number) => string>> = {
  TEXT: number => `N-${String(number).padStart(6, '0')}`,
  LONG_TEXT: number => `N-${String(number).padStart(6, '0')}`,
  INTEGER: String,
  INTEGER_POSITIVE: String,
  INTEGER_ZERO_OR_POSITIVE: String,
  NUMBER: String,
  PHONE_NUMBER: number => `+999 ${100_000_000 + number}`,
  EMAIL: number => `person-${number}@example.org`,
};

/** Whether a unique field gets values that differ from each other. */
export function hasUniqueValues({ pattern, valueType, options }: Field): boolean {
  return pattern !== undefined || (valueType in BY_NUMBER && options === undefined);
}

/**
 * A value of a unique or generated field: no other person has it.
 *
 * @throws Error if the pattern has no room for so many people, or is of a kind that the sandbox does
 * not know
 */
export function createUniqueValue({ pattern, valueType }: Field, owner: Owner): string {
  if (pattern === undefined) return BY_NUMBER[valueType]!(owner.number + 1);
  return parseTextPattern(pattern)
    .map(segment => {
      if (segment.kind === 'TEXT') return segment.text;
      if (segment.kind === 'CURRENT_DATE') return formatDay(segment.format, owner.day);
      if (isGenerated(segment)) return fill(segment, owner.number + 1);
      const { orgUnitCode } = owner;
      return segment.format === '' ? orgUnitCode : orgUnitCode.slice(0, segment.format.length);
    })
    .join('');
}

/** A number in the places of a segment, the last place counting most quickly. */
function fill({ format }: GeneratedSegment, number: number): string {
  let left = number;
  const places = [...format].reverse().map(place => {
    const alphabet = ALPHABETS[place];
    if (!alphabet) return place;
    const character = alphabet[left % alphabet.length]!;
    left = Math.floor(left / alphabet.length);
    return character;
  });
  if (left > 0) throw new Error(`${format} has no room for ${number} values`);
  return places.reverse().join('');
}
