/** Characters of ids that one address has room for, of the 16 KB that the server takes (FACTS §3). */
const MAX_CHARACTERS = 12_000;

/**
 * Ids in pieces that fit into an address: some 260 of the ids that Go.Data makes itself. People can have
 * any text as id (FACTS §5.3).
 */
export function idChunks(ids: readonly string[]): Generator<string[]> {
  return chunksThatFit(ids, id => [id]);
}

/**
 * A list in pieces whose ids fit into an address.
 *
 * @param idsOf all ids that the address has of an item, as often as it has them
 */
export function* chunksThatFit<T>(
  items: readonly T[],
  idsOf: (item: T) => readonly string[],
): Generator<T[]> {
  let chunk: T[] = [];
  let characters = 0;
  for (const item of items) {
    const size = encodeURIComponent(
      idsOf(item)
        .map(id => `${JSON.stringify(id)},`)
        .join(''),
    ).length;
    if (chunk.length > 0 && characters + size > MAX_CHARACTERS) {
      yield chunk;
      chunk = [];
      characters = 0;
    }
    chunk.push(item);
    characters += size;
  }
  if (chunk.length > 0) yield chunk;
}
