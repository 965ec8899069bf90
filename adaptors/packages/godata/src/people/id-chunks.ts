/**
 * Maximum number of characters of ids in one address. The server accepts addresses of 16 KB (FACTS
 * §3).
 */
const MAX_CHARACTERS = 12_000;

/**
 * Splits ids into chunks that fit into an address: about 260 of the ids that Go.Data makes. An id
 * of a person can be any text (FACTS §5.3).
 */
export function idChunks(ids: readonly string[]): Generator<string[]> {
  return chunksThatFit(ids, id => [id]);
}

/**
 * Splits a list into chunks whose ids fit into an address.
 *
 * @param idsOf all ids of an item in the address, repeated as often as in the address
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
