import { randomInt } from 'node:crypto';
import { sandboxRefusal } from '../../http/web-message.js';

/** The segment that differs in every value. */
export interface GeneratedSegment {
  kind: 'RANDOM' | 'SEQUENTIAL';
  format: string;
}

/** A part of a generated value. */
export type Segment =
  | GeneratedSegment
  | { kind: 'CURRENT_DATE' | 'ORG_UNIT_CODE'; format: string }
  | { kind: 'TEXT'; text: string };

const METHODS = /^(RANDOM|SEQUENTIAL|CURRENT_DATE|ORG_UNIT_CODE)\((.*)\)$/;

/**
 * Reads the pattern of a generated attribute: texts and methods, joined by plus signs.
 *
 * @throws Refusal 400 when the sandbox does not support a method
 * @example
 * parseTextPattern('"COVID19_" + SEQUENTIAL(#######)');
 */
export function parseTextPattern(pattern: string): Segment[] {
  const parts = pattern.match(/"(?:[^"\\]|\\.)*"|[^+"]+/g) ?? [];
  return parts.flatMap(part => {
    const text = part.trim();
    if (text === '') return [];
    if (text.startsWith('"')) {
      return { kind: 'TEXT', text: text.slice(1, -1).replace(/\\(.)/g, '$1') };
    }
    const [, kind, format] = METHODS.exec(text) ?? [];
    if (kind === undefined || format === undefined) {
      throw sandboxRefusal(400, `${text} in the pattern of an attribute`);
    }
    return { kind: kind as 'RANDOM', format };
  });
}

export function isGenerated(segment: Segment): segment is GeneratedSegment {
  return segment.kind === 'RANDOM' || segment.kind === 'SEQUENTIAL';
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHABETS: Readonly<Record<string, string>> = {
  '#': '0123456789',
  X: LETTERS,
  x: LETTERS.toLowerCase(),
  '*': `${LETTERS}${LETTERS.toLowerCase()}0123456789`,
};

/** Random characters in a format: `#` is a digit, `X` and `x` are letters, `*` is either. */
export function randomText(format: string): string {
  return format.replace(/[#Xx*]/g, kind => {
    const alphabet = ALPHABETS[kind]!;
    return alphabet[randomInt(alphabet.length)]!;
  });
}

/**
 * A date in one of Java's date formats.
 *
 * @param now as the server writes it
 * @throws Refusal 400 when the format has more than years, months and days
 */
export function formatDay(format: string, now: string): string {
  const text = format
    .replace(/yyyy/g, now.slice(0, 4))
    .replace(/yy/g, now.slice(2, 4))
    .replace(/MM/g, now.slice(5, 7))
    .replace(/dd/g, now.slice(8, 10));
  if (/[a-zA-Z]/.test(text)) throw sandboxRefusal(400, `the date format ${format}`);
  return text;
}
