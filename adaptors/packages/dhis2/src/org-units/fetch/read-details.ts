import type { SiblingGroup } from '#common/collections/tree.js';
import type { Dhis2Client } from '../../client/client.js';
import type { RawOrgUnit } from '../to-org-unit.js';

const FIELDS = 'id,name,shortName,code,level,parent[id],openingDate,closedDate,geometry';

/** Ids in one URL: 12 characters each, far below the 8 KB that proxies accept. */
const MAX_IDS = 400;

/** The groups of one request: the children of some parents, or the roots. */
export type GroupChunk = readonly SiblingGroup[];

/**
 * Splits groups into requests. Each reads the children of up to 400 parents, and about as many org
 * units as a page has. The children of one parent are never divided.
 */
export function* chunkGroups(
  groups: readonly SiblingGroup[],
  pageSize: number,
): Generator<GroupChunk> {
  let chunk: SiblingGroup[] = [];
  let size = 0;
  for (const group of groups) {
    const isFull = chunk.length >= MAX_IDS || size + group.ids.length > pageSize;
    // The roots cannot be read by their parent.
    if (chunk.length > 0 && (isFull || chunk[0]!.parent === '')) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(group);
    size += group.ids.length;
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Reads the org units of some groups in full, by their parents. Unlike pages, this does not shift
 * when others add or remove org units during the read.
 */
export async function readDetails(client: Dhis2Client, chunk: GroupChunk): Promise<RawOrgUnit[]> {
  const all: RawOrgUnit[] = [];
  for (const filter of toFilters(chunk)) {
    const query = { filter, fields: FIELDS, order: 'level:asc,id:asc' };
    all.push(...(await client.list<RawOrgUnit>('/organisationUnits', query)));
  }
  return all;
}

function toFilters(chunk: GroupChunk): string[] {
  if (chunk[0]!.parent !== '')
    return [`parent.id:in:[${chunk.map(({ parent }) => parent).join(',')}]`];
  const { ids } = chunk[0]!;
  const filters: string[] = [];
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    filters.push(`id:in:[${ids.slice(from, from + MAX_IDS).join(',')}]`);
  }
  return filters;
}
