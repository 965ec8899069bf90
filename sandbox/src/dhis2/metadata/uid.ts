import { randomInt } from 'node:crypto';

const UID = /^[a-zA-Z][a-zA-Z0-9]{10}$/;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Whether a text has the form of a UID (dhis2 FACTS §4.1). */
export function isUid(text: string): boolean {
  return UID.test(text);
}

/** A UID as DHIS2 creates them: a letter, then ten letters or digits. */
export function randomUid(): string {
  const pick = (characters: string) => characters[randomInt(characters.length)]!;
  return pick(LETTERS) + Array.from({ length: 10 }, () => pick(`${LETTERS}0123456789`)).join('');
}
