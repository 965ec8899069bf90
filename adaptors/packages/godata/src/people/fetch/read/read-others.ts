import type {
  OutbreakPeopleBatch,
  OutbreakRelationship,
} from '#common/handover/outbreak-people-batch.js';
import type { RecordFields } from '#common/handover/people-batch.js';
import { idChunks } from '../../id-chunks.js';
import { kindOfType } from '../../person-type.js';
import { readList, type Source } from '../source.js';

/**
 * Reads the people at the other ends of relationships, as far as their tracked entities can be told by
 * it: one request for some 260.
 *
 * @param known ids of the people who are in the batch
 */
export async function readOthers(
  source: Source,
  relationships: readonly OutbreakRelationship[],
  known: ReadonlySet<string>,
): Promise<OutbreakPeopleBatch['others']> {
  const ends = relationships.flatMap(({ source: from, target }) => [from, target]);
  const missing = [...new Set(ends)].filter(id => !known.has(id));
  const others: OutbreakPeopleBatch['others'] = {};
  for (const chunk of idChunks(missing)) {
    const people = await readList<{ id: string; type?: string; documents?: RecordFields[] | null }>(
      source,
      'people',
      { where: { id: { inq: chunk } }, deleted: true, fields: ['id', 'type', 'documents'] },
    );
    for (const { id, type, documents } of people) {
      const kind = kindOfType(type);
      if (kind) others[id] = { kind, ...(documents?.length ? { documents } : {}) };
    }
  }
  return others;
}
