import { emptyTable } from '#common/collections/own.js';
import type {
  FetchedPeopleBatch,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { residenceOf } from '#common/ownership/index.js';
import { idChunks } from '../../id-chunks.js';
import { kindOfType } from '../../person-type.js';
import { readList, type Source } from '../source.js';
import { readMerged } from './read-merged.js';

interface Other {
  id: string;
  type?: string;
  documents?: RecordFields[] | null;
  addresses?: unknown;
  mergedDuplicatesIds?: string[] | null;
}

/**
 * Reads the people at the other ends of relationships: only what is needed to find their tracked
 * entities, and where they live. One request for about 260 people.
 *
 * @param known ids of the people who are in the batch
 */
export async function readOthers(
  source: Source,
  relationships: readonly OutbreakRelationship[],
  known: ReadonlySet<string>,
): Promise<FetchedPeopleBatch['others']> {
  const ends = relationships.flatMap(({ source: from, target }) => [from, target]);
  const missing = [...new Set(ends)].filter(id => !known.has(id));
  const others: FetchedPeopleBatch['others'] = emptyTable();
  for (const chunk of idChunks(missing)) {
    const people = await readList<Other>(source, 'people', {
      where: { id: { inq: chunk } },
      deleted: true,
      fields: ['id', 'type', 'documents', 'addresses', 'mergedDuplicatesIds'],
    });
    const merged = await readMerged(source, people);
    for (const { id, type, documents, addresses } of people) {
      const kind = kindOfType(type);
      const { locationId } = residenceOf(addresses) ?? {};
      if (!kind) continue;
      others[id] = {
        kind,
        ...(documents?.length ? { documents } : {}),
        ...(merged.has(id) ? { merged: merged.get(id)! } : {}),
        ...(typeof locationId === 'string' && locationId ? { locationId } : {}),
      };
    }
  }
  return { ...others };
}
