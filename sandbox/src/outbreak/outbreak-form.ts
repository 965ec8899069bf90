import type { GoDataRecord } from '../godata/index.js';
import type { Dice } from './dice.js';

/** What the people of an outbreak have of its own: its questionnaires and its visual ids. */
export interface OutbreakForm {
  /** Fields of the outbreak itself; an id, if it has one already. */
  fields: Partial<GoDataRecord>;
  /**
   * Answers to the investigation form of a kind of person.
   *
   * @param on the day of the interview, counted from today
   */
  answers(kind: 'case' | 'contact', on: number, dice: Dice): Record<string, unknown> | undefined;
}

/** The masks of visual ids, and how ids look where a mask allows anything. */
const MASKS = { case: 'caseIdMask', contact: 'contactIdMask' } as const;
const FREE = { case: 'CASE-9999999', contact: 'CONTACT-9999999' } as const;

/**
 * The visual id of a person by the outbreak's mask, as the server gives it (godata FACTS §5.2): a row
 * of nines is the person's number; `YYYY` the year, `0` a digit, `@` a letter, `&` anything.
 *
 * @param number of the person, from 0
 * @throws RangeError if the mask has no room for the number
 */
export function toVisualId(
  kind: 'case' | 'contact',
  number: number,
  form: OutbreakForm | undefined,
  year: string,
): string {
  const given = form?.fields[MASKS[kind]];
  const mask = typeof given === 'string' && !given.includes('*') ? given : FREE[kind];
  const run = /9+/.exec(mask) ?? /0+/.exec(mask);
  const digits = String(number + 1);
  if (!run || digits.length > run[0].length) {
    throw new RangeError(`The mask ${mask} has no room for ${digits} people.`);
  }
  const end = run.index + run[0].length;
  const fill = (text: string) =>
    text.replaceAll('YYYY', year).replaceAll('@', 'A').replaceAll('&', 'X').replaceAll('9', '0');
  const filled = digits.padStart(run[0].length, '0');
  return `${fill(mask.slice(0, run.index))}${filled}${fill(mask.slice(end))}`;
}
