import { gzipSync, strToU8 } from 'fflate';

/** A smaller body fits into few packets as it is. */
const MIN_LENGTH = 8 * 1024;

/** Fast: JSON becomes a tenth at level 3, and not much less at 9. */
const LEVEL = 3;

/**
 * A JSON text as gzip (RFC 1952), if it is long.
 *
 * @returns undefined for a short text: it is sent as it is
 */
export function compressBody(text: string): Buffer | undefined {
  if (text.length < MIN_LENGTH) return undefined;
  return Buffer.from(gzipSync(strToU8(text), { level: LEVEL, mtime: 0 }));
}
