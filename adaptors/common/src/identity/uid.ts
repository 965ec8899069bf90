import { remember } from '../collections/remember.js';
import { hashText } from './sha256.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SIGNS = `${LETTERS}0123456789`;

/** Name of the Go.Data server where there is only one. */
export const DEFAULT_SERVER = 'godata';

/** The form of DHIS2's ids: a letter and ten letters or digits (dhis2 FACTS §4.1). */
export function isUid(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]{10}$/.test(text);
}

/** The parts from which a UID is computed. */
export interface UidSource {
  /** Name of the Go.Data server, as the jobs have it. */
  server: string;
  /** Kind of the object: `tracked-entity`, `enrollment`, `event`, `relationship`, `note`. */
  kind: string;
  /** What the object is created from: a Go.Data id, with a suffix where one id gives several objects. */
  id: string;
  /**
   * From 1. DHIS2 never accepts a UID twice, not even that of a deleted object: an object that is
   * created again takes the next generation.
   */
  generation?: number;
}

/**
 * A UID that is the same in every run: a letter, and ten letters or digits (dhis2 FACTS §4.1). Two
 * sources share one with a chance of 1 in 4·10^19.
 *
 * @example
 * uidOf({ server: 'godata', kind: 'tracked-entity', id: '3a9b…' }); // always the same
 */
export function uidOf({ server, kind, id, generation = 1 }: UidSource): string {
  return uidOfText(JSON.stringify([server, kind, id, generation]));
}

/** Number of UIDs to remember: those of a person are asked for again when it is planned. */
const MAX_UIDS = 20_000;

/** The hash is one number of 256 bits; each sign is what a division by the number of signs leaves. */
const uidOfText = remember(MAX_UIDS, source => {
  const number = hashText(source);
  let uid = LETTERS[divide(number, LETTERS.length)]!;
  for (let half = 0; half < 2; half += 1) {
    let five = divide(number, SIGNS.length ** 5);
    for (let n = 0; n < 5; n += 1) {
      uid += SIGNS[five % SIGNS.length]!;
      five = Math.floor(five / SIGNS.length);
    }
  }
  return uid;
});

/**
 * Divides a number in place.
 *
 * @param words of 32 bits, the highest first
 * @param by below 2³⁰, so that each part of the division is exact
 * @returns what is left
 */
function divide(words: Int32Array, by: number): number {
  let rest = 0;
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n]!;
    const high = rest * 2 ** 16 + (word >>> 16);
    const quotient = Math.floor(high / by);
    const low = (high - quotient * by) * 2 ** 16 + (word & 0xffff);
    const last = Math.floor(low / by);
    rest = low - last * by;
    words[n] = (quotient << 16) | last;
  }
  return rest;
}

/** Generations that are searched: no object is deleted and created again more often than that. */
export const MAX_GENERATION = 5;

/** The UIDs of all generations of a source, each computed when it is asked for. */
export function* eachUid(source: Omit<UidSource, 'generation'>): Generator<string, void> {
  for (let generation = 1; generation <= MAX_GENERATION; generation += 1) {
    yield uidOf({ ...source, generation });
  }
}

/** The UIDs of all generations of a source. */
export function uidsOf(source: Omit<UidSource, 'generation'>): string[] {
  return [...eachUid(source)];
}

/** The first of the UIDs of a source that passes a test. */
export function findUid(
  source: Omit<UidSource, 'generation'>,
  isWanted: (uid: string) => boolean,
): string | undefined {
  for (const uid of eachUid(source)) if (isWanted(uid)) return uid;
  return undefined;
}

/** The source of a lab result's event. */
export function labResultEvent(server: string, labResultId: string): UidSource {
  return { server, kind: 'event', id: `lab-result ${labResultId}` };
}
