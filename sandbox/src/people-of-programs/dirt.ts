import type { Dice } from '../outbreak/dice.js';
import type { Field } from './field.js';

/** Shares of people, or of values, that have a fault of real programs. */
const SHARES = {
  /** Values that nobody entered, where none must be. */
  missing: 0.25,
  /** Texts in another spelling than the person would use. */
  misspelt: 0.1,
  enrolledTwice: 0.015,
  inTwoPrograms: 0.014,
  cancelled: 0.014,
  deleted: 0.02,
} as const;

/** Whether a fault occurs. */
export function happens(fault: keyof typeof SHARES, dice: Dice): boolean {
  return dice.chance(SHARES[fault]);
}

/** A free text as hurried people write it: in capitals, without accents, with two blanks. */
export function misspell(text: string, { valueType, options }: Field, dice: Dice): string {
  const isFree = (valueType === 'TEXT' || valueType === 'LONG_TEXT') && !options;
  if (!isFree || !happens('misspelt', dice)) return text;
  const spellings = [
    text.toUpperCase(),
    text.toLowerCase(),
    text.normalize('NFD').replace(/\p{M}/gu, ''),
    text.replace(' ', '  '),
    `${text} ?`,
  ];
  return dice.pick(spellings);
}
