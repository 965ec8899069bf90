import { idChunks } from '../../id-chunks.js';
import { readList, type Source } from '../source.js';

/** A record as the server sends it. */
interface Merged {
  id: string;
  mergedDuplicatesIds?: unknown;
}

/**
 * The duplicates that records were merged of, by the id of the record: a merge deletes them, and
 * names them and those of earlier merges in the new record (controllers/outbreak.js, mergePeople).
 * Those that somebody has restored are people of their own, and are omitted. No request if nobody
 * was merged, else one for about 260 duplicates.
 */
export async function readMerged(
  source: Source,
  people: readonly Merged[],
): Promise<Map<string, string[]>> {
  const idsOf = ({ mergedDuplicatesIds: ids }: Merged): string[] =>
    Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
  const restored = new Set<string>();
  for (const chunk of idChunks([...new Set(people.flatMap(idsOf))])) {
    const filter = { where: { id: { inq: chunk } }, fields: ['id'] };
    for (const { id } of await readList(source, 'people', filter)) restored.add(id);
  }
  const merged = new Map<string, string[]>();
  for (const person of people) {
    const ids = idsOf(person).filter(id => !restored.has(id));
    if (ids.length > 0) merged.set(person.id, ids);
  }
  return merged;
}
