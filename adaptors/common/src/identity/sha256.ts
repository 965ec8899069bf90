/** Round constants: fractions of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
const K = primes(64).map(prime => fraction(Math.cbrt(prime)));
/** First state: fractions of the square roots of the first 8 primes (§5.3.3). */
const START = primes(8).map(prime => fraction(Math.sqrt(prime)));

/**
 * SHA-256 of a text, as a hexadecimal number (FIPS 180-4). By hand, since a hosted platform gives
 * jobs no crypto.
 *
 * @example
 * sha256('abc'); // ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
 */
export function sha256(text: string): string {
  const bytes = padded(Buffer.from(text, 'utf8'));
  let hash = START;
  for (let offset = 0; offset < bytes.length; offset += 64) hash = compress(hash, bytes, offset);
  return hash.map(word => word.toString(16).padStart(8, '0')).join('');
}

/** A one bit, zeros, and the length in bits as the last 8 bytes of whole blocks (§5.1.1). */
function padded(message: Buffer): Buffer {
  const blocks = Math.ceil((message.length + 9) / 64);
  const bytes = Buffer.concat([message, Buffer.from([0x80])], blocks * 64);
  bytes.writeBigUInt64BE(BigInt(message.length) * 8n, bytes.length - 8);
  return bytes;
}

/** One block (§6.2.2). */
function compress(hash: readonly number[], bytes: Buffer, offset: number): number[] {
  const words = schedule(bytes, offset);
  let [a, b, c, d, e, f, g, h] = hash as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + big1(e) + choice + K[i]! + words[i]!) >>> 0;
    const second = (big0(a) + majority) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + hash[index]!) >>> 0);
}

function schedule(bytes: Buffer, offset: number): number[] {
  const words = Array.from({ length: 16 }, (_, i) => bytes.readUInt32BE(offset + i * 4));
  for (let i = 16; i < 64; i += 1) {
    words.push(
      (small1(words[i - 2]!) + words[i - 7]! + small0(words[i - 15]!) + words[i - 16]!) >>> 0,
    );
  }
  return words;
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const big0 = (word: number) => rotate(word, 2) ^ rotate(word, 13) ^ rotate(word, 22);
const big1 = (word: number) => rotate(word, 6) ^ rotate(word, 11) ^ rotate(word, 25);
const small0 = (word: number) => rotate(word, 7) ^ rotate(word, 18) ^ (word >>> 3);
const small1 = (word: number) => rotate(word, 17) ^ rotate(word, 19) ^ (word >>> 10);

/** The first 32 bits behind the point. */
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
