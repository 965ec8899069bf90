/** Round constants: fractions of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
const K = Int32Array.from(primes(64), prime => fraction(Math.cbrt(prime)));
/** First state: fractions of the square roots of the first 8 primes (§5.3.3). */
const START = Int32Array.from(primes(8), prime => fraction(Math.sqrt(prime)));
/** Bytes of a block (§1). */
export const BLOCK = 64;

/**
 * SHA-256 of a text, as hexadecimal digits (FIPS 180-4). Written by hand because a hosted platform
 * gives jobs no crypto module.
 *
 * @example
 * sha256('abc'); // ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
 */
export function sha256(text: string): string {
  return toHex(hashText(text));
}

/** Words as hexadecimal digits. */
export function toHex(words: Int32Array): string {
  let hex = '';
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n]!;
    hex += halfToHex(word >>> 16) + halfToHex(word & 0xffff);
  }
  return hex;
}

const halfToHex = (half: number) => (half | 0x10000).toString(16).slice(1);

/** SHA-256 of a text, as eight words of 32 bits, with a sign. */
export function hashText(text: string): Int32Array {
  return hashAfter(START, 0, text);
}

/** The hash of one whole block, from which {@link hashAfter} goes on. */
export function hashBlock(bytes: Uint8Array): Int32Array {
  const hash = START.slice();
  for (let i = 0; i < 16; i += 1) {
    const at = i * 4;
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  compress(hash);
  return hash;
}

/**
 * The hash of a message whose first part, whole blocks, is hashed already.
 *
 * @param before hash of the first part
 * @param length bytes of the first part
 * @param rest a text
 */
export function hashAfter(before: Int32Array, length: number, rest: string): Int32Array {
  const text = toByteText(rest);
  const own = text.length;
  const hash = before.slice();
  const last = Math.ceil((own + 9) / BLOCK) * BLOCK - BLOCK;
  for (let from = 0; from <= last; from += BLOCK) {
    for (let i = 0, at = from; i < 16; i += 1, at += 4) {
      words[i] =
        at + 4 <= own
          ? (text.charCodeAt(at) << 24) |
            (text.charCodeAt(at + 1) << 16) |
            (text.charCodeAt(at + 2) << 8) |
            text.charCodeAt(at + 3)
          : lastWord(text, at);
    }
    if (from === last) endWith(length + own);
    compress(hash);
  }
  return hash;
}

/** The same, for a rest of eight words: a hash. */
export function hashWordsAfter(before: Int32Array, length: number, rest: Int32Array): Int32Array {
  const hash = before.slice();
  words.fill(0, rest.length, 16);
  words.set(rest);
  words[rest.length] = 0x80 << 24;
  endWith(length + rest.length * 4);
  compress(hash);
  return hash;
}

/** Signs that are one byte in UTF-8. */
const PLAIN = /^[\n -~]*$/;

/** A text whose signs are the bytes of a text in UTF-8. */
function toByteText(text: string): string {
  return PLAIN.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** A word at the end of a text: its last bytes, a one bit, and zeros (§5.1.1). */
function lastWord(text: string, from: number): number {
  let word = 0;
  for (let n = 0, at = from; n < 4; n += 1, at += 1) {
    const byte = at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0;
    word = (word << 8) | byte;
  }
  return word;
}

/** The length in bits at the end of the last block. */
function endWith(bytes: number): void {
  words[14] = Math.floor(bytes / 2 ** 29);
  words[15] = bytes << 3;
}

/** Adds the block in hand to the hash (§6.2.2). */
function compress(hash: Int32Array): void {
  extendSchedule();
  let a = hash[0]!;
  let b = hash[1]!;
  let c = hash[2]!;
  let d = hash[3]!;
  let e = hash[4]!;
  let f = hash[5]!;
  let g = hash[6]!;
  let h = hash[7]!;
  for (let i = 0; i < 64; i += 1) {
    const choice = g ^ (e & (f ^ g));
    const majority = (a & b) | (c & (a | b));
    const first = (((((h + big1(e)) | 0) + choice) | 0) + ((K[i]! + words[i]!) | 0)) | 0;
    const second = (big0(a) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  // An Int32Array adds modulo 2³².
  hash[0]! += a;
  hash[1]! += b;
  hash[2]! += c;
  hash[3]! += d;
  hash[4]! += e;
  hash[5]! += f;
  hash[6]! += g;
  hash[7]! += h;
}

/**
 * The message schedule of the block in hand, whose first 16 words are the block: one array for all
 * blocks, since hashing is called often.
 */
const words = new Int32Array(64);

function extendSchedule(): void {
  for (let i = 16; i < 64; i += 1) {
    const far = (small0(words[i - 15]!) + words[i - 16]!) | 0;
    words[i] = (((small1(words[i - 2]!) + words[i - 7]!) | 0) + far) | 0;
  }
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const big0 = (word: number) => rotate(word, 2) ^ rotate(word, 13) ^ rotate(word, 22);
const big1 = (word: number) => rotate(word, 6) ^ rotate(word, 11) ^ rotate(word, 25);
const small0 = (word: number) => rotate(word, 7) ^ rotate(word, 18) ^ (word >>> 3);
const small1 = (word: number) => rotate(word, 17) ^ rotate(word, 19) ^ (word >>> 10);

/** The first 32 bits of the fraction. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every(prime => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
