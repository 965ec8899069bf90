import { Gunzip } from 'fflate';

/** Bytes that are inflated at a time: at most a thousand times as many come out (RFC 1951). */
const SLICE = 16 * 1024;

/** A body that is longer than the limit, as it travels or inflated. The rest of it was not read. */
export class AnswerTooLarge extends Error {
  /** In bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super('The answer is too large.');
    this.limit = limit;
  }
}

/** Collects pieces up to a limit. */
function createCollector(limit: number) {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return {
    /** @throws AnswerTooLarge */
    add(piece: Uint8Array): void {
      length += piece.length;
      if (length > limit) throw new AnswerTooLarge(limit);
      pieces.push(piece);
    },
    all: () => (pieces.length === 1 ? Buffer.from(pieces[0]!) : Buffer.concat(pieces)),
  };
}

/**
 * Reads a body to its end. Leaving the loop early closes the connection.
 *
 * @param limit in bytes
 * @throws AnswerTooLarge
 */
export async function readAll(
  body: AsyncIterable<Uint8Array> | undefined,
  limit: number,
): Promise<Buffer> {
  const collector = createCollector(limit);
  if (body) for await (const piece of body) collector.add(piece);
  return collector.all();
}

/**
 * Inflates a gzip file (RFC 1952) piece by piece: a few kilobytes can hold gigabytes.
 *
 * @param limit of what comes out, in bytes
 * @throws AnswerTooLarge; Error if it is not a whole gzip file
 */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array {
  const collector = createCollector(limit);
  const stream = new Gunzip(piece => collector.add(piece));
  for (let from = 0; from < bytes.length; from += SLICE) {
    const to = Math.min(from + SLICE, bytes.length);
    stream.push(bytes.subarray(from, to), to === bytes.length);
  }
  return collector.all();
}
