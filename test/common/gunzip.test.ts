import { constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip } from '#common/http/gunzip.js';
import { AnswerTooLarge } from '#common/http/read-body.js';

const LIMIT = 1024 * 1024;
const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const STRATEGIES = [Z_DEFAULT_STRATEGY, Z_FIXED, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE];

function roundTrip(bytes: Uint8Array, level: number, strategy: number): void {
  const file = gzipSync(bytes, { level, strategy });
  expect(Buffer.compare(gunzip(file, LIMIT), bytes)).toBe(0);
}

/** Bytes that repeat themselves near and far, as JSON does. */
const bytes = fc
  .array(
    fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('{"id":"', '","name":"', 'é')),
    {
      maxLength: 60,
    },
  )
  .map(parts => Buffer.concat(parts.flatMap(part => [Buffer.from(part), Buffer.from(part)])));

/** A gzip file of an empty text, with other flags and what they announce after its header. */
function withHeader(flags: number, ...parts: (string | number[])[]): Buffer {
  const file = gzipSync('text');
  const added = parts.map(part => Buffer.from(part as string));
  file[3] = flags;
  return Buffer.concat([file.subarray(0, 10), ...added, file.subarray(10)]);
}

describe('a gzip file', () => {
  it('becomes what zlib made it of, at every level and with every strategy', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 9 }), fc.constantFrom(...STRATEGIES), roundTrip),
    );
  });

  it('may be longer than a block, far repetitions and the longest ones included', () => {
    const text = Array.from({ length: 30_000 }, (_, n) => `${(n * 7919) % 1013},${n % 3}`).join(
      ';',
    );
    for (const level of [0, 1, 6, 9]) roundTrip(Buffer.from(text), level, Z_DEFAULT_STRATEGY);
    roundTrip(Buffer.alloc(100_000, 'a'), 9, Z_DEFAULT_STRATEGY);
  });

  it('may have a name, a comment, other data and a checksum of its header (RFC 1952)', () => {
    const files = [
      withHeader(8, 'name\0'),
      withHeader(16, 'comment\0'),
      withHeader(4, [3, 0, 1, 2, 3]),
      withHeader(2, [1, 2]),
      withHeader(1 | 2 | 4 | 8 | 16, [2, 0, 8, 8], 'name\0', 'comment\0', [1, 2]),
    ];
    for (const file of files) expect(String(gunzip(file, LIMIT))).toBe('text');
  });

  it('may be several in a row', () => {
    const file = Buffer.concat([gzipSync('one '), gzipSync(''), gzipSync('two')]);
    expect(String(gunzip(file, LIMIT))).toBe('one two');
  });

  it('is refused where it was cut off, and ends wherever it was damaged', () => {
    const file = gzipSync(Buffer.from('some text, some other text, 0123456789'.repeat(20)));
    for (let length = 2; length < file.length; length += 1) {
      expect(() => gunzip(file.subarray(0, length), LIMIT)).toThrow(/cut off|broken/);
    }
    const damaged = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(damaged, { minLength: 1, maxLength: 4 }), changes => {
        const copy = Buffer.from(file);
        for (const [at, byte] of changes) copy[at] = byte;
        try {
          expect(gunzip(copy, LIMIT).length).toBeLessThanOrEqual(LIMIT);
        } catch (error) {
          if (error instanceof AnswerTooLarge) return;
          expect((error as Error).message).toMatch(/cut off|broken/);
        }
      }),
    );
  });

  it('is inflated up to the limit, exactly', () => {
    const file = gzipSync('x'.repeat(1000));
    expect(gunzip(file, 1000)).toHaveLength(1000);
    expect(() => gunzip(file, 999)).toThrow(AnswerTooLarge);
    expect(() => gunzip(gzipSync(Buffer.alloc(64 * LIMIT)), LIMIT)).toThrow(AnswerTooLarge);
  });
});
