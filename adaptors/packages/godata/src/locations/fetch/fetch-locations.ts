import { buildTree, byPosition, type SiblingGroup, type Tree } from '#common/collections/tree.js';
import type {
  FetchedLocation,
  FetchedLocationBatch,
  LocationKeys,
  LocationPosition,
} from '#common/handover/fetched-location-batch.js';
import { formatProgress } from '#common/reporting/progress.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import type { Location } from '../../client/requests/locations.js';
import { chooseRoots, isBelowAny } from './choose-roots.js';
import { type CodeIndex, indexCodes } from './code-index.js';
import type { ResolvedFetch } from './options.js';
import { toFetchedLocation } from './to-location.js';

/** The fields that a mapping may need, and those for the place in the tree. */
const FIELDS: (keyof Location)[] = [
  'name',
  'parentLocationId',
  'identifiers',
  'synonyms',
  'active',
  'geoLocation',
  'geographicalLevelId',
  'populationDensity',
  'createdAt',
  'deleted',
];

/**
 * Maximum number of bytes of the locations in a part. The platform destroys a state of more than 10
 * MB.
 */
const MAX_BYTES = 7_500_000;
/**
 * Bytes that an org unit has more than its location: a short name, and the names of its properties.
 */
const BYTES_MORE = 120;

/** The data from which to read a part. */
interface Source {
  byId: ReadonlyMap<string, Location>;
  holders: CodeIndex;
  tree: Tree;
}

/**
 * Reads all locations in one request and passes on a part of the tree.
 *
 * @param after where the last run ended; undefined to begin
 * @throws IntegrationError `UNKNOWN_LOCATION` (configuration)
 */
export async function fetchLocationBatch(
  client: GoDataClient,
  { roots: idsOrCodes, level, batchSize }: ResolvedFetch,
  after: LocationPosition | undefined,
): Promise<{ batch: FetchedLocationBatch; report: StepReport }> {
  const all: Location[] = [];
  for await (const page of client.locations(FIELDS, { withDeleted: true })) all.push(...page);
  const existing = all.filter(({ deleted }) => deleted !== true);
  const roots = chooseRoots(idsOrCodes, existing);
  const holders = indexCodes(existing);
  const { tree, lost } = chooseTree(existing, roots, level);
  const byId = new Map(existing.map(location => [location.id, location]));
  const deleted = readDeleted(all, new Set(roots), holders);
  const adjusted: Adjusted[] = [];
  // The last part includes the deleted locations.
  const maxBytes = MAX_BYTES - bytesOf(deleted);
  const { locations, next } = readPart(
    { byId, holders, tree },
    { batchSize, maxBytes },
    after,
    adjusted,
  );
  return {
    batch: {
      locations,
      parents: parentsOf(locations, byId, holders),
      ...(next ? { next } : { deleted }),
    },
    report: {
      read: locations.length,
      ...listed(lost.map(lostLocation), adjusted),
      ...client.usage,
    },
  };
}

/** The tree below the roots, down to a level, and the locations without a path to the top. */
function chooseTree(
  existing: readonly Location[],
  roots: readonly string[],
  level: number | undefined,
): { tree: Tree; lost: readonly string[] } {
  const nodes = existing.map(({ id, parentLocationId, active }) => ({
    id,
    ...(parentLocationId ? { parent: parentLocationId } : {}),
    closed: active === false,
  }));
  const tops = nodes.filter(({ parent }) => parent === undefined).map(({ id }) => id);
  const whole = buildTree(
    nodes,
    tops.map(id => ({ id, level: 0 })),
  );
  const levelOf = (id: string) => whole.places.get(id)?.level ?? 0;
  const chosen = level === undefined ? nodes : nodes.filter(({ id }) => levelOf(id) <= level);
  const present = new Set(chosen.map(({ id }) => id));
  const tree = buildTree(
    chosen,
    (roots.length > 0 ? roots : tops)
      .filter(id => present.has(id))
      .map(id => ({ id, level: levelOf(id) })),
  );
  return { tree, lost: roots.length > 0 ? [] : whole.lost };
}

function readPart(
  { byId, holders, tree }: Source,
  { batchSize, maxBytes }: { batchSize: number; maxBytes: number },
  after: LocationPosition | undefined,
  adjusted: Adjusted[],
): { locations: FetchedLocation[]; next?: LocationPosition } {
  const groups = after ? tree.groups.filter(group => byPosition(group, after) > 0) : tree.groups;
  const locations: FetchedLocation[] = [];
  let bytes = 0;
  let last: SiblingGroup | undefined;
  for (const group of groups) {
    const siblings = group.ids.map(id =>
      toFetchedLocation(byId.get(id)!, tree.places.get(id)!, holders, one => adjusted.push(one)),
    );
    const size = bytesOf(siblings) + siblings.length * BYTES_MORE;
    const isFull = locations.length + siblings.length > batchSize || bytes + size > maxBytes;
    if (last && isFull) return { locations, next: { level: last.level, parent: last.parent } };
    locations.push(...siblings);
    bytes += size;
    last = group;
  }
  const { length } = locations;
  console.log(formatProgress({ label: 'locations', done: length, total: length }));
  return { locations };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * Ids and codes of parents outside the part. They are needed to find the org units of these
 * parents.
 */
function parentsOf(
  locations: readonly FetchedLocation[],
  byId: ReadonlyMap<string, Location>,
  { codesOf }: CodeIndex,
): LocationKeys[] {
  const present = new Set(locations.map(({ id }) => id));
  const parents = new Set(locations.flatMap(({ parent }) => parent ?? []));
  return [...parents].flatMap(id => {
    const parent = present.has(id) ? undefined : byId.get(id);
    return parent ? [{ id, identifiers: codesOf(parent) }] : [];
  });
}

/**
 * Deleted locations that no other location replaces; with chosen roots, only those below the roots.
 */
function readDeleted(
  all: readonly Location[],
  roots: ReadonlySet<string>,
  { codesOf, isHeldByAnother }: CodeIndex,
): LocationKeys[] {
  const byId = new Map(all.map(location => [location.id, location]));
  return all
    .filter(({ deleted, id }) => deleted === true && !isHeldByAnother(id, id))
    .filter(({ parentLocationId }) => roots.size === 0 || isBelowAny(parentLocationId, roots, byId))
    .map(location => ({ id: location.id, identifiers: codesOf(location) }));
}

function lostLocation(id: string): Rejected {
  return {
    kind: 'location',
    id,
    code: 'NO_WAY_TO_ROOT',
    message:
      'The parents do not lead to the top of the tree: one of them is deleted, or they form a circle.',
  };
}
