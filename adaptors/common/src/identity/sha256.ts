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

/** The hash of whole blocks, from which {@link hashAfter} goes on. */
export function hashBlocks(bytes: Uint8Array): Int32Array {
  const hash = START.slice();
  for (let offset = 0; offset < bytes.length; offset += BLOCK) compress(hash, bytes, offset);
  return hash;
}

/**
 * The hash of a message whose first part, whole blocks, is hashed already.
 *
 * @param before hash of the first part
 * @param length bytes of the first part
 * @param rest the rest: a text, or bytes
 */
export function hashAfter(
  before: Int32Array,
  length: number,
  rest: string | Uint8Array,
): Int32Array {
  const own = typeof rest === 'string' ? Buffer.byteLength(rest) : rest.length;
  const blocks = Math.ceil((own + 9) / BLOCK);
  const size = blocks * BLOCK;
  const bytes = size <= short.length ? short : Buffer.alloc(size);
  if (typeof rest === 'string') bytes.write(rest, 'utf8');
  else bytes.set(rest);
  pad(bytes, own, size, length + own);
  const hash = before.slice();
  for (let offset = 0; offset < size; offset += BLOCK) compress(hash, bytes, offset);
  return hash;
}

/** The blocks of short messages: the same for all of them, since hashing is called often. */
const short = Buffer.alloc(8 * BLOCK);

/** A one bit, zeros, and the length in bits as the last 8 bytes of whole blocks (§5.1.1). */
function pad(bytes: Buffer, from: number, size: number, length: number): void {
  bytes[from] = 0x80;
  for (let at = from + 1; at < size - 8; at += 1) bytes[at] = 0;
  bytes.writeUInt32BE(Math.floor(length / 2 ** 29), size - 8);
  bytes.writeUInt32BE((length << 3) >>> 0, size - 4);
}

/** Adds one block to the hash (§6.2.2). */
function compress(hash: Int32Array, bytes: Uint8Array, offset: number): void {
  readSchedule(bytes, offset);
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

/** The message schedule of the block in hand: one array for all blocks. */
const words = new Int32Array(64);

function readSchedule(bytes: Uint8Array, offset: number): void {
  for (let i = 0, at = offset; i < 16; i += 1, at += 4) {
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
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
