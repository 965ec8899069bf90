import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import type { MappedPeopleBatch, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { GoDataClient } from '#godata/client/client.js';
import { describeItems, readItems } from '../../describe/items.js';

/** The ids to which a record can refer. The server itself accepts any id (godata FACTS §5.1). */
export interface References {
  /**
   * The reference data for an id: the item of its category with the option's code, which
   * `options-to-reference-data` sets; else the item with the id; else undefined.
   */
  idOf(id: string): string | undefined;
  /** Location id of an org unit; undefined when Go.Data has no such location. */
  locationOf(orgUnit: string): string | undefined;
  /** All reference data, by category. */
  items: DescribedOutbreak['items'];
}

/** Maximum number of locations in one address. Each is in it twice. */
const MAX_IDS = 250;

/** Fields with the id of an org unit, which is replaced by the id of its location. */
const LOCATION_FIELDS = new Set(['locationId', 'deathLocationId', 'burialLocationId']);

/**
 * Reads all ids of reference data, and the locations of the org units in a batch: locations with
 * the org unit's id, or with an identifier that links to it. One request, and one for each 250 org
 * units.
 */
export async function readReferences(
  client: GoDataClient,
  { people, optionCodes = {} }: Pick<MappedPeopleBatch, 'people' | 'optionCodes'>,
): Promise<References> {
  const [items, locations] = await Promise.all([
    readItems(client),
    readLocations(client, [...namedOrgUnits(people)]),
  ]);
  const ids = new Set(items.map(({ id }) => id));
  const byCode = new Map<string, string>();
  for (const { id, code, categoryId } of items) if (code) byCode.set(`${categoryId} ${code}`, id);
  const named = new Map<string, string>();
  for (const [id, code] of Object.entries(optionCodes)) {
    const found = items.find(({ categoryId }) => categoryId && id.startsWith(`${categoryId}_`));
    const item = found && byCode.get(`${found.categoryId} ${code}`);
    if (item !== undefined) named.set(id, item);
  }
  return {
    idOf: id => named.get(id) ?? (ids.has(id) ? id : undefined),
    locationOf: orgUnit => locations.get(orgUnit),
    items: describeItems(items),
  };
}

async function readLocations(
  client: GoDataClient,
  orgUnits: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < orgUnits.length; from += MAX_IDS) {
    const chunk = orgUnits.slice(from, from + MAX_IDS);
    const locations = await client.server.locations.list({
      where: { or: [{ id: { inq: chunk } }, { 'identifiers.code': { inq: chunk } }] },
      fields: ['id', 'identifiers'],
    });
    // Linked locations first: a location with the org unit's own id replaces them.
    for (const { id, identifiers } of locations) {
      for (const { code } of identifiers ?? []) if (code) found.set(code, id);
    }
    for (const { id } of locations) found.set(id, id);
  }
  return found;
}

function namedOrgUnits(people: MappedPeopleBatch['people']): Set<string> {
  const named = new Set<string>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        const one = (value as RecordFields)[key];
        if (typeof one !== 'string') visit(one);
        else if (LOCATION_FIELDS.has(key)) named.add(one);
      }
    }
  };
  for (const { fields } of people) visit(fields);
  return named;
}

/** A reference to something that does not exist. */
export interface UnknownReference {
  /** `gender`, `addresses.locationId`... */
  path: string;
  id: string;
  kind: 'location' | 'reference data';
}

/** Properties that identify the members of a list. Without it, a member has no meaning. */
const IDENTIFYING = new Set(['typeId', 'type', 'vaccine']);

/**
 * Replaces org units by locations, and removes references to what does not exist: a field becomes
 * null, and a list member without its identifying property is removed.
 *
 * @param note is called with every removed reference
 */
export function resolveReferences(
  fields: RecordFields,
  references: References,
  note: (unknown: UnknownReference) => void,
): RecordFields {
  return resolveObject(fields, references, note, '') as RecordFields;
}

function resolveObject(
  object: Record<string, unknown>,
  references: References,
  note: (unknown: UnknownReference) => void,
  path: string,
): Record<string, unknown> | undefined {
  const resolved: [string, unknown][] = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (typeof value === 'string') {
      const isPlace = LOCATION_FIELDS.has(key);
      if (!isPlace && !value.startsWith('LNG_')) {
        resolved.push([key, value]);
        continue;
      }
      const known = isPlace ? references.locationOf(value) : references.idOf(value);
      if (!known) {
        const kind = isPlace ? 'location' : 'reference data';
        note({ path: pathTo(path, key), id: value, kind });
        if (!isPlace && path !== '' && IDENTIFYING.has(key)) return undefined;
      }
      resolved.push([key, known ?? null]);
    } else if (Array.isArray(value)) {
      const at = pathTo(path, key);
      const resolve = (one: unknown) =>
        isObject(one) ? (resolveObject(one, references, note, at) ?? []) : [one];
      resolved.push([key, value.length === 0 ? value : value.flatMap(resolve)]);
    } else if (isObject(value)) {
      resolved.push([key, resolveObject(value, references, note, pathTo(path, key)) ?? null]);
    } else resolved.push([key, value]);
  }
  return Object.fromEntries(resolved);
}

function pathTo(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
