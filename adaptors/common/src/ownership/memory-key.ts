import { createHmac } from '../identity/hmac.js';
import { toHex } from '../identity/sha256.js';
import { configurationError } from '../reporting/errors.js';
import type { Both } from './decide.js';
import { toPrint, UNSEEN } from './fingerprint.js';

/** Shortest key: shorter ones can be guessed by whoever has the memory. */
const MIN_LENGTH = 24;
/** Before a sealed fingerprint. No fingerprint has this sign. */
const SEAL = '=';

/** Seals fingerprints, so that only whoever has the key can compare them with values. */
export interface MemoryKey {
  /** Distinguishes this key from others, and tells nothing else about it. */
  id: string;
  /**
   * Seals fingerprints for one person and field: the same value of another person has another seal,
   * so that the seals of a column cannot be counted. What is sealed or unseen stays.
   */
  seal(person: string, field: string, both: Both): Both;
}

/** Opens a key. @throws IntegrationError `MEMORY_KEY_TOO_SHORT` (configuration) */
export function openMemoryKey(key: string): MemoryKey {
  if (key.length < MIN_LENGTH) {
    throw configurationError(
      'MEMORY_KEY_TOO_SHORT',
      `The memory's key has ${key.length} characters; it needs at least ${MIN_LENGTH}.`,
      { fix: 'Choose a random text, for example with: openssl rand -base64 32' },
    );
  }
  const code = createHmac(key);
  const sealOne = (place: string, side: string, print: string): string =>
    print === UNSEEN || isSealed(print)
      ? print
      : SEAL + toPrint(code(`${place}\n${side}\n${print}`)[0]!);
  return {
    id: toHex(code('id of the key')).slice(0, 12),
    seal(person, field, { dhis2, godata }) {
      const place = `${person}\n${field}`;
      return {
        dhis2: sealOne(place, 'dhis2', dhis2),
        godata: sealOne(place, 'godata', godata),
      };
    },
  };
}

/** A sealed or unseen fingerprint as it is stored: always five characters. */
export function toStored(print: string): string {
  return isSealed(print) ? print.slice(SEAL.length) : print;
}

/** The reverse of {@link toStored}. */
export function fromStored(print: string): string {
  return print === UNSEEN ? print : SEAL + print;
}

function isSealed(print: string): boolean {
  return print.startsWith(SEAL);
}
