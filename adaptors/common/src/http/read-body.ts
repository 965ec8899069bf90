/** A body that is longer than the limit, as it travels or inflated. The rest of it was not read. */
export class AnswerTooLarge extends Error {
  /** In bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super('The answer is too large.');
    this.limit = limit;
  }
}

/** Takes a body piece by piece. */
export interface Collector {
  /** @throws AnswerTooLarge */
  add(piece: Uint8Array): void;
  /** The bytes that were not read by the collector itself. */
  all(): Buffer;
}

/** Collects pieces up to a limit. */
export function createCollector(limit: number): Collector {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return {
    add(piece) {
      length += piece.length;
      if (length > limit) throw new AnswerTooLarge(limit);
      pieces.push(piece);
    },
    all: () => Buffer.concat(pieces),
  };
}

/** Reads a body to its end. Leaving the loop early closes the connection. */
export async function readAll(
  body: AsyncIterable<Uint8Array> | undefined,
  collector: Collector,
): Promise<Buffer> {
  if (body) for await (const piece of body) collector.add(piece);
  return collector.all();
}
