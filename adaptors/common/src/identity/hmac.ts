import { digest } from './sha256.js';

/** Bytes of a block of SHA-256 (FIPS 180-4 §1). */
const BLOCK = 64;

/**
 * HMAC-SHA-256 with one key (RFC 2104). Without the key nobody can compute the code of a text, so
 * that a list of codes cannot be read by trying all texts. Written by hand because a hosted platform
 * gives jobs no crypto module.
 *
 * @param key any text; a random one of at least 32 characters cannot be guessed
 * @returns a function from a text to its code, 32 bytes
 * @example
 * createHmac('key')('text').toString('hex');
 */
export function createHmac(key: string): (text: string) => Buffer {
  const given = Buffer.from(key, 'utf8');
  const block = Buffer.alloc(BLOCK);
  block.set(given.length > BLOCK ? digest(given) : given);
  const inner = block.map(byte => byte ^ 0x36);
  const outer = block.map(byte => byte ^ 0x5c);
  return text => {
    const message = Buffer.concat([inner, Buffer.from(text, 'utf8')]);
    return digest(Buffer.concat([outer, digest(message)]));
  };
}
