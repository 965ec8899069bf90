import { sha256 } from './sha256.js';

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
  let number = BigInt(`0x${sha256(JSON.stringify([server, kind, id, generation]))}`);
  const take = (signs: string) => {
    const sign = signs[Number(number % BigInt(signs.length))]!;
    number /= BigInt(signs.length);
    return sign;
  };
  return take(LETTERS) + Array.from({ length: 10 }, () => take(SIGNS)).join('');
}

/** Generations that are searched: no object is deleted and created again more often than that. */
export const MAX_GENERATION = 5;

/** The UIDs of all generations of a source. */
export function uidsOf(source: Omit<UidSource, 'generation'>): string[] {
  return Array.from({ length: MAX_GENERATION }, (_, n) => uidOf({ ...source, generation: n + 1 }));
}

/** The source of a lab result's event. */
export function labResultEvent(server: string, labResultId: string): UidSource {
  return { server, kind: 'event', id: `lab-result ${labResultId}` };
}
