import { BLOCK, hashAfter, hashBlock, hashText, hashWordsAfter } from './sha256.js';

/**
 * HMAC-SHA-256 with one key (RFC 2104). Without the key nobody can compute the code of a text, so
 * that a list of codes cannot be read by trying all texts. Written by hand because a hosted platform
 * gives jobs no crypto module.
 *
 * @param key any text; a random one of at least 32 characters cannot be guessed
 * @returns a function from a text to its code: eight words of 32 bits, with a sign
 * @example
 * createHmac('key')('text')[0]; // the first four bytes
 */
export function createHmac(key: string): (text: string) => Int32Array {
  const given = Buffer.from(key, 'utf8');
  const block = Buffer.alloc(BLOCK);
  block.set(given.length > BLOCK ? toBytes(hashText(key)) : given);
  // Both blocks of the key are hashed once; each text then needs only blocks of its own.
  const inner = hashBlock(block.map(byte => byte ^ 0x36));
  const outer = hashBlock(block.map(byte => byte ^ 0x5c));
  return text => hashWordsAfter(outer, BLOCK, hashAfter(inner, BLOCK, text));
}

/** Words as bytes, the highest first. */
function toBytes(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n]!;
    bytes[n * 4] = word >>> 24;
    bytes[n * 4 + 1] = word >>> 16;
    bytes[n * 4 + 2] = word >>> 8;
    bytes[n * 4 + 3] = word;
  }
  return bytes;
}
