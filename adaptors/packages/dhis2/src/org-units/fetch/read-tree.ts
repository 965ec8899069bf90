import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Dhis2Client } from '../../client/client.js';
import { listIn } from '../../client/list-in.js';
import type { OrgUnitNode } from '../tree.js';

/** Ids and parents are small: 10,000 of them are less than a megabyte. */
const PAGE_SIZE = 10_000;
const PATH = '/organisationUnits';
const FIELDS = 'id,level,parent[id],closedDate';

interface Page {
  pager?: { total?: number };
}

/**
 * Reads the position of every org unit, page by page in the only stable order (dhis2 FACTS §3).
 * Pages shift when org units are created, deleted or moved during the read, and a missed org unit
 * would count as deleted. So everything is read again if the numbers differ, or if a page does not
 * begin with an org unit that was read: one that is deleted and one that is created leave the number
 * as it is. For this each page is one row shorter than the page before, so that they overlap.
 * `gist=false`, because pages of 2.44 would otherwise omit the roots (dhis2 LIVE, "Master
 * (2.44...)").
 *
 * @param roots ids of the roots; empty for the whole tree
 * @param level the lowest level, or undefined for all
 * @param fields the fields to read; small properties only
 * @throws IntegrationError `READ_INCOMPLETE`
 */
export async function readTree<T extends OrgUnitNode>(
  client: Dhis2Client,
  roots: readonly string[],
  level: number | undefined,
  fields = FIELDS,
): Promise<T[]> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const nodes = await readOnce<T>(client, roots, level, fields);
    if (nodes) return nodes;
  }
  throw new IntegrationError({
    code: 'READ_INCOMPLETE',
    message: 'The org units of DHIS2 changed during each attempt to read them.',
    fix: 'Run again when nobody imports org units. If it still fails, check the proxies and caches before DHIS2.',
  });
}

/** @returns undefined when org units were created, deleted or moved meanwhile */
async function readOnce<T extends OrgUnitNode>(
  client: Dhis2Client,
  roots: readonly string[],
  level: number | undefined,
  fields: string,
): Promise<T[] | undefined> {
  const nodes = new Map<string, T>();
  for (const root of roots.length > 0 ? roots : [undefined]) {
    const filter = [
      ...(root === undefined ? [] : [`path:like:${root}`]),
      ...(level === undefined ? [] : [`level:le:${level}`]),
    ];
    const found = new Set<string>();
    const totals = new Set<number>();
    for (let page = 1, isLast = false; !isLast; page += 1) {
      const pageSize = PAGE_SIZE - page + 1;
      const body = await client.get<Page>(PATH, {
        gist: false,
        ...(filter.length > 0 ? { filter } : {}),
        fields,
        order: 'level:asc,id:asc',
        paging: true,
        page,
        pageSize,
      });
      const organisationUnits = listIn<T>(PATH, body);
      const [first] = organisationUnits;
      if (page > 1 && !(first && found.has(first.id))) return undefined;
      for (const node of organisationUnits) {
        found.add(node.id);
        nodes.set(node.id, node);
      }
      const total = body.pager?.total ?? organisationUnits.length;
      totals.add(total);
      isLast = page * pageSize >= total;
      console.log(formatProgress({ label: 'org units in the tree', done: found.size, total }));
    }
    // If an org unit is deleted after its page was read, it still counts and hides one that was
    // missed.
    if (totals.size > 1 || !totals.has(found.size)) return undefined;
  }
  return [...nodes.values()];
}
