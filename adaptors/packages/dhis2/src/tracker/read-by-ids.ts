import { isUid } from '#common/identity/uid.js';
import type { Dhis2Client } from '../client/client.js';

/** Ids in one address: 12 characters each; a program has some dozens of option sets. */
const MAX_IDS = 300;

/**
 * Reads metadata by their ids, each once: one request for 300.
 *
 * @param ids others than ids of DHIS2 are ignored
 * @param fields as DHIS2's parameter `fields`
 */
export async function readByIds<T>(
  client: Dhis2Client,
  collection: 'programs' | 'optionSets' | 'relationshipTypes',
  ids: readonly (string | undefined)[],
  fields: string,
): Promise<T[]> {
  const wanted = [...new Set(ids.filter(id => id !== undefined && isUid(id)))] as string[];
  const found: T[] = [];
  for (let from = 0; from < wanted.length; from += MAX_IDS) {
    const chunk = wanted.slice(from, from + MAX_IDS);
    const filter = `id:in:[${chunk.join(',')}]`;
    found.push(...(await client.list<T>(`/${collection}`, { filter, fields })));
  }
  return found;
}

/** What is read of an option set. */
export const OPTION_SET_FIELDS = 'id,name,options[code]';
