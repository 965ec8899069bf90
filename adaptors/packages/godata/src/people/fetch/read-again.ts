import { readPeople } from './read/read-people.js';
import type { Reading } from './read-changes.js';

/** People in one read. */
const MAX_PEOPLE = 250;

/**
 * Reads rejected people again, changed or not, while there is room for them. Passes on deleted
 * people as deleted. Drops people who do not exist.
 *
 * @returns ids of people for whom there was no room
 */
export async function readAgain(
  { source, collector }: Reading,
  ids: readonly string[],
): Promise<string[]> {
  let left = [...new Set(ids)].filter(id => !collector.get(id));
  while (left.length > 0 && collector.room > 0) {
    const chunk = left.slice(0, Math.min(MAX_PEOPLE, collector.room));
    const people = await readPeople(source, chunk);
    const refused = chunk.findIndex(id => people.has(id) && !collector.put([people.get(id)!]));
    if (refused >= 0) return left.slice(refused);
    left = left.slice(chunk.length);
  }
  return left;
}
