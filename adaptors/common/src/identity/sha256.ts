/** Round constants: fractions of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
const K = Int32Array.from(primes(64), prime => fraction(Math.cbrt(prime)));
/** First state: fractions of the square roots of the first 8 primes (§5.3.3). */
const START = Int32Array.from(primes(8), prime => fraction(Math.sqrt(prime)));

/**
 * SHA-256 of a text, as hexadecimal digits (FIPS 180-4). Written by hand because a hosted platform
 * gives jobs no crypto module.
 *
 * @example
 * sha256('abc'); // ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
 */
export function sha256(text: string): string {
  return digest(Buffer.from(text, 'utf8')).toString('hex');
}

/** SHA-256 of bytes, as 32 bytes. */
export function digest(message: Uint8Array): Buffer {
  const bytes = padded(message);
  const hash = Int32Array.from(START);
  for (let offset = 0; offset < bytes.length; offset += 64) compress(hash, bytes, offset);
  const result = Buffer.alloc(32);
  for (let i = 0; i < 8; i += 1) result.writeInt32BE(hash[i]!, i * 4);
  return result;
}

/** A one bit, zeros, and the length in bits as the last 8 bytes of whole blocks (§5.1.1). */
function padded(message: Uint8Array): Buffer {
  const blocks = Math.ceil((message.length + 9) / 64);
  const bytes = Buffer.alloc(blocks * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  bytes.writeUInt32BE(Math.floor(message.length / 2 ** 29), bytes.length - 8);
  bytes.writeUInt32BE((message.length << 3) >>> 0, bytes.length - 4);
  return bytes;
}

/** Adds one block to the hash (§6.2.2). */
function compress(hash: Int32Array, bytes: Buffer, offset: number): void {
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
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + big1(e) + choice + K[i]! + words[i]!) | 0;
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

/** The message schedule of the block in hand: one array for all blocks, since hashing is called often. */
const words = new Int32Array(64);

function readSchedule(bytes: Buffer, offset: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = bytes.readInt32BE(offset + i * 4);
  for (let i = 16; i < 64; i += 1) {
    words[i] = small1(words[i - 2]!) + words[i - 7]! + small0(words[i - 15]!) + words[i - 16]!;
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
