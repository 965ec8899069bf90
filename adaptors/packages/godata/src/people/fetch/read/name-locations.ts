import { emptyTable } from '#common/collections/own.js';
import type { TallyLocation } from '#common/handover/tally.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { Location } from '#godata/client/requests/locations.js';
import { toTallyLocation } from '#godata/locations/to-tally-location.js';

/** Maximum number of locations to read by their ids. For more, the whole tree is read. */
const MAX_IDS = 250;

const FIELDS: (keyof Location)[] = ['name', 'parentLocationId', 'identifiers'];

/** Fields with the id of a location. */
const LOCATION_FIELDS = new Set([
  'locationId',
  'deathLocationId',
  'burialLocationId',
  'usualPlaceOfResidenceLocationId',
]);

/**
 * Reads the names of the locations of people, lab results and follow-ups, and of all locations
 * above them. Requests: one for each level of the tree, or one for the whole tree.
 */
export async function nameLocations(
  client: GoDataClient,
  people: readonly object[],
): Promise<Record<string, TallyLocation>> {
  const named = emptyTable<TallyLocation>();
  const asked = new Set<string>();
  let wanted = locationsOf(people);
  if (wanted.length > MAX_IDS) {
    const all = new Map<string, Location>();
    for await (const page of client.locations(FIELDS)) for (const one of page) all.set(one.id, one);
    const read = (ids: readonly string[]) => ids.flatMap(id => all.get(id) ?? []);
    while (wanted.length > 0) wanted = add(named, asked, wanted, read(wanted));
    return { ...named };
  }
  while (wanted.length > 0) {
    const where = { id: { inq: wanted } };
    const found = await client.server.locations.list({ where, fields: FIELDS });
    wanted = add(named, asked, wanted, found);
  }
  return { ...named };
}

/** @returns ids of parents that were not read yet */
function add(
  named: Record<string, TallyLocation>,
  asked: Set<string>,
  wanted: readonly string[],
  found: readonly Location[],
): string[] {
  for (const id of wanted) asked.add(id);
  for (const location of found) named[location.id] = toTallyLocation(location);
  const parents = found.flatMap(({ parentLocationId }) => parentLocationId ?? []);
  return [...new Set(parents)].filter(id => !asked.has(id));
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
