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
