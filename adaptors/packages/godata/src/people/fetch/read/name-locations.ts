import { emptyTable } from '#common/collections/own.js';
import type { TallyLocation } from '#common/handover/tally.js';
import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import type { GoDataClient } from '#godata/client/client.js';
import { isRecord } from '#godata/client/records/assert-record.js';
import type { Location } from '#godata/client/requests/locations.js';
import { toTallyLocation } from '#godata/locations/to-tally-location.js';

/** Maximum number of locations to read by their ids. For more, the whole tree is read. */
const MAX_IDS = 250;

const FIELDS: (keyof Location)[] = ['name', 'parentLocationId', 'identifiers'];

const TREE = { method: 'GET', path: '/locations/hierarchical' } as const;

/** Fields with the id of a location. */
const LOCATION_FIELDS = new Set([
  'locationId',
  'deathLocationId',
  'burialLocationId',
  'usualPlaceOfResidenceLocationId',
]);

/**
 * Reads the names of the locations of people, lab results and follow-ups, and of all locations
 * above them, in one request. Those that have no place in the tree are asked for by their ids, and
 * then those above them: locations that were deleted, or that lie below one that was.
 */
export async function nameLocations(
  client: GoDataClient,
  people: readonly object[],
): Promise<Record<string, TallyLocation>> {
  const wanted = locationsOf(people);
  if (wanted.length === 0) return {};
  if (wanted.length > MAX_IDS) {
    const all: Location[] = [];
    for await (const page of client.locations(FIELDS)) for (const one of page) all.push(one);
    return withThoseAbove(wanted, all);
  }
  const found = await readTree(client, wanted);
  const known = new Set(found.map(({ id }) => id));
  for (let missing = wanted.filter(id => !known.has(id)); missing.length > 0; ) {
    const where = { id: { inq: missing } };
    const more = await client.server.locations.list({ where, fields: FIELDS });
    found.push(...more);
    for (const id of missing) known.add(id);
    const parents = more.flatMap(({ parentLocationId }) => parentLocationId ?? []);
    missing = [...new Set(parents)].filter(id => !known.has(id));
  }
  return withThoseAbove(wanted, found);
}

/** A node of the tree that `/locations/hierarchical` answers. */
interface TreeNode {
  location: Location;
  children: TreeNode[];
}

/**
 * Reads locations and all above them (r074, r075; FACTS §2.6). A location whose parent does not exist
 * is not in the answer.
 */
async function readTree(client: GoDataClient, ids: readonly string[]): Promise<Location[]> {
  const where = { id: { inq: ids }, includeChildren: false };
  const filter = { where, fields: ['id', ...FIELDS] };
  const found: Location[] = [];
  const visit = (nodes: unknown) => {
    if (!Array.isArray(nodes) || !nodes.every(isNode))
      throw unexpectedAnswer('Go.Data', TREE, 'a tree of locations', nodes);
    for (const { location, children } of nodes) {
      found.push(location);
      visit(children);
    }
  };
  visit(await client.request({ ...TREE, query: { filter } }));
  return found;
}

function isNode(value: unknown): value is TreeNode {
  return isJsonObject(value) && isRecord(value.location);
}

function withThoseAbove(
  ids: readonly string[],
  locations: readonly Location[],
): Record<string, TallyLocation> {
  const byId = new Map(locations.map(one => [one.id, one]));
  const named = emptyTable<TallyLocation>();
  for (const id of ids) {
    let location = byId.get(id);
    while (location && !named[location.id]) {
      named[location.id] = toTallyLocation(location);
      location = byId.get(location.parentLocationId ?? '');
    }
  }
  return { ...named };
}

function locationsOf(people: readonly object[]): string[] {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        if (LOCATION_FIELDS.has(name) && typeof part === 'string') ids.add(part);
        else visit(part);
      }
    }
  };
  visit(people);
  return [...ids];
}
