/** Characters of ids that one address has room for, of the 16 KB that the server takes (FACTS §3). */
const MAX_CHARACTERS = 12_000;

/**
 * Ids in pieces that fit into an address: some 260 of the ids that Go.Data makes itself. People can have
 * any text as id (FACTS §5.3).
 */
export function* idChunks(ids: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let characters = 0;
  for (const id of ids) {
    const size = encodeURIComponent(`${JSON.stringify(id)},`).length;
    if (chunk.length > 0 && characters + size > MAX_CHARACTERS) {
      yield chunk;
      chunk = [];
      characters = 0;
    }
    chunk.push(id);
    characters += size;
  }
  if (chunk.length > 0) yield chunk;
}
