import { inflate, type Output } from './inflate.js';
import { AnswerTooLarge } from './read-body.js';

/** Bits of the fifth byte: which parts follow the ten bytes of the header (RFC 1952 §2.3.1). */
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
/** Bytes of the checksum and the length, at the end. */
const TRAILER = 8;

/**
 * Inflates a gzip file (RFC 1952). It ends as soon as more comes out than the limit allows: a few
 * kilobytes can hold gigabytes.
 *
 * @param limit of what comes out, in bytes
 * @throws AnswerTooLarge; Error if it is not a whole gzip file
 */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  const output = createOutput(limit);
  // Files that follow each other are one file (§2.2).
  for (let at = 0; at < bytes.length; ) {
    at = inflate(bytes, at + headerLength(bytes.subarray(at)), output) + TRAILER;
    if (at > bytes.length) throw new Error('The compressed answer was cut off.');
  }
  return output.all();
}

/** Reading past the end gives zeros, which end each part. */
function headerLength(bytes: Uint8Array): number {
  const flags = bytes[3]!;
  let length = 10;
  if (flags & HAS_EXTRA) length += 2 + bytes[10]! + bytes[11]! * 256;
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if (flags & flag) length = bytes.indexOf(0, length) + 1 || bytes.length;
  }
  return flags & HAS_CHECKSUM ? length + 2 : length;
}

/** Bytes that grow up to a limit. */
function createOutput(limit: number): Output & { all(): Uint8Array } {
  let bytes = Buffer.alloc(64 * 1024);
  let length = 0;
  function reserve(more: number): void {
    if (length + more > limit) throw new AnswerTooLarge(limit);
    if (length + more > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2);
  }
  return {
    add(byte) {
      reserve(1);
      bytes[length] = byte;
      length += 1;
    },
    repeat(distance, count) {
      if (distance > length) throw new Error('The compressed answer is broken.');
      reserve(count);
      for (const end = length + count; length < end; length += 1) {
        bytes[length] = bytes[length - distance]!;
      }
    },
    all: () => bytes.subarray(0, length),
  };
}
