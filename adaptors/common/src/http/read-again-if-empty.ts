/**
 * Reads a list once more if it is empty and should not be: a cache or a proxy may have answered in
 * the server's place, and what a list lacks would count as deleted, or be created a second time. One
 * request, and only then.
 *
 * @param isExpected whether something else has told that there is at least one record
 */
export async function readAgainIfEmpty<T>(
  isExpected: boolean,
  read: () => Promise<T[]>,
): Promise<T[]> {
  const found = await read();
  return found.length === 0 && isExpected ? read() : found;
}
