import { readPeople } from './read/read-people.js';
import type { Reading } from './read-changes.js';

/** People that are read at once. */
const MAX_PEOPLE = 250;

/**
 * Reads people who were rejected, whether they have changed since or not, as far as there is room for
 * them. Those who are deleted are passed on as such; those who are not there are dropped.
 *
 * @returns ids that there was no room for
 */
export async function readAgain(
  { source, basket }: Reading,
  ids: readonly string[],
): Promise<string[]> {
  let left = [...new Set(ids)].filter(id => !basket.get(id));
  while (left.length > 0 && basket.room > 0) {
    const chunk = left.slice(0, Math.min(MAX_PEOPLE, basket.room));
    const people = await readPeople(source, chunk);
    const refused = chunk.findIndex(id => people.has(id) && !basket.put([people.get(id)!]));
    if (refused >= 0) return left.slice(refused);
    left = left.slice(chunk.length);
  }
  return left;
}
