import { byPosition, type SiblingGroup, type Tree } from '#common/collections/tree.js';
import type {
  FetchedOrgUnitBatch,
  OrgUnit,
  OrgUnitCursor,
  OrgUnitPosition,
} from '#common/handover/fetched-org-unit-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import type { Dhis2Client } from '../../client/client.js';
import { identifyBound } from '../../client/identify.js';
import { toOrgUnit } from '../to-org-unit.js';
import { buildOrgUnitTree } from '../tree.js';
import { chooseRoots } from './choose-roots.js';
import type { ResolvedFetch } from './options.js';
import { chunkGroups, readDetails } from './read-details.js';
import { readTree } from './read-tree.js';

/** Bytes that the locations of a part may have: OpenFn cannot store a state of more than 10 MB. */
const MAX_BYTES = 7_500_000;
/** Bytes of a location besides its org unit: the names of its identifiers and of its level. */
const BYTES_MORE = 150;
/** Bytes of an id in the list of all ids. */
const BYTES_AN_ID = 14;

/**
 * Reads a part of the org unit tree: first the position of all org units, then the org units of
 * this part in full. Requests: one for 10,000 org units of the tree, and one for about a page of
 * the part.
 *
 * @param cursor where the run before ended, and with which DHIS2
 * @param today `yyyy-MM-dd`; undefined for the server's current date
 * @throws IntegrationError `UNKNOWN_ORG_UNIT`, `NO_ORG_UNITS`, `FOREIGN_STATE` (configuration) or
 * `READ_INCOMPLETE`
 */
export async function fetchBatch(
  client: Dhis2Client,
  options: ResolvedFetch,
  { after, boundTo: former }: OrgUnitCursor,
  today: string | undefined,
): Promise<{ batch: FetchedOrgUnitBatch; report: StepReport }> {
  // Before anything is looked up: another DHIS2 rarely has the roots.
  const dhis2 = await identifyBound(client, former);
  const roots = await chooseRoots(client, options.roots);
  const nodes = await readTree(client, roots, options.level);
  const tops = roots.length > 0 ? roots : nodes.filter(({ parent }) => !parent).map(({ id }) => id);
  const known = new Set(nodes.map(({ id }) => id));
  if (tops.length === 0 || !tops.every(id => known.has(id))) throw noOrgUnits();
  const tree = buildOrgUnitTree(nodes, tops, today ?? (await client.systemInfo()).today);
  const adjusted: Adjusted[] = [];
  // The last part includes the ids of all org units.
  const maxBytes = MAX_BYTES - known.size * BYTES_AN_ID;
  const { orgUnits, next } = await readPart(
    client,
    tree,
    { ...options, maxBytes },
    after,
    adjusted,
  );
  const rejected = tree.lost.map(lostOrgUnit);
  return {
    batch: {
      orgUnits,
      roots,
      ...(next ? { next } : { allIds: [...known] }),
      ...(dhis2.dhis2 ? { boundTo: dhis2 } : {}),
    },
    report: { read: orgUnits.length, ...listed(rejected, adjusted), ...client.usage },
  };
}

async function readPart(
  client: Dhis2Client,
  tree: Tree,
  { pageSize, batchSize, maxBytes }: ResolvedFetch & { maxBytes: number },
  after: OrgUnitPosition | undefined,
  adjusted: Adjusted[],
): Promise<{ orgUnits: OrgUnit[]; next?: OrgUnitPosition }> {
  const groups = after ? tree.groups.filter(group => byPosition(group, after) > 0) : tree.groups;
  const total = Math.min(
    batchSize,
    groups.reduce((sum, { ids }) => sum + ids.length, 0),
  );
  const orgUnits: OrgUnit[] = [];
  let bytes = 0;
  let last: SiblingGroup | undefined;
  for (const chunk of chunkGroups(groups, pageSize)) {
    const raw = new Map((await readDetails(client, chunk)).map(unit => [unit.id, unit]));
    for (const group of chunk) {
      // An org unit that was moved or deleted since the tree was read is read by the next run.
      const present = group.ids.flatMap(id => raw.get(id) ?? []);
      const members = present.filter(
        ({ parent }) => group.parent === '' || parent?.id === group.parent,
      );
      const siblings = members.map(unit =>
        toOrgUnit(unit, tree.places.get(unit.id)!, one => adjusted.push(one)),
      );
      const size = Buffer.byteLength(JSON.stringify(siblings)) + siblings.length * BYTES_MORE;
      const isFull = orgUnits.length + siblings.length > batchSize || bytes + size > maxBytes;
      if (last && isFull) return { orgUnits, next: { level: last.level, parent: last.parent } };
      orgUnits.push(...siblings);
      bytes += size;
      last = group;
    }
    console.log(
      formatProgress({
        label: 'org units',
        done: orgUnits.length,
        total: Math.max(total, orgUnits.length),
      }),
    );
  }
  return { orgUnits };
}

function noOrgUnits() {
  return configurationError('NO_ORG_UNITS', 'The account can see no org units to read.', {
    fix: 'Check roots and level in the job. Nothing was written.',
  });
}

function lostOrgUnit(id: string): Rejected {
  return {
    kind: 'org unit',
    id,
    code: 'NO_WAY_TO_ROOT',
    message:
      'Its parents do not lead to a root. Correct them in DHIS2 (Data administration: update paths).',
  };
}
