import type { MappedPeopleBatch, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { GoDataClient } from '#godata/client/client.js';

/** What a record can refer to: the server itself takes any id (godata FACTS §5.1). */
export interface References {
  /**
   * The reference data that an id stands for: the item of its category with the option's code, which is
   * what `options-to-reference-data` goes by; else the item with the id; undefined when there is none.
   */
  idOf(id: string): string | undefined;
  /** Location id of an org unit; undefined when Go.Data has none. */
  locationOf(orgUnit: string): string | undefined;
}

/** Locations that one address asks for; each stands in it twice. */
const MAX_IDS = 250;

/** Fields that hold an org unit's id, and get its location's. */
const LOCATION_FIELDS = new Set(['locationId', 'deathLocationId', 'burialLocationId']);

/**
 * Reads all reference data ids, and the locations of the org units that a batch names: those with
 * the org unit's id, or linked to it by an identifier. One request, and one for 250 org units.
 */
export async function readReferences(
  client: GoDataClient,
  { people, optionCodes = {} }: Pick<MappedPeopleBatch, 'people' | 'optionCodes'>,
): Promise<References> {
  const items = await client.server.referenceData.list({
    fields: ['id', 'code', 'categoryId'],
    pageSize: 100_000,
  });
  const ids = new Set(items.map(({ id }) => id));
  const byCode = new Map<string, string>();
  for (const { id, code, categoryId } of items) if (code) byCode.set(`${categoryId} ${code}`, id);
  const named = new Map<string, string>();
  for (const [id, code] of Object.entries(optionCodes)) {
    const found = items.find(({ categoryId }) => categoryId && id.startsWith(`${categoryId}_`));
    const item = found && byCode.get(`${found.categoryId} ${code}`);
    if (item !== undefined) named.set(id, item);
  }
  const locations = await readLocations(client, [...namedOrgUnits(people)]);
  return {
    idOf: id => named.get(id) ?? (ids.has(id) ? id : undefined),
    locationOf: orgUnit => locations.get(orgUnit),
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
    // Linked ones first: the location with the org unit's own id goes before them.
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
      for (const [key, one] of Object.entries(value)) {
        if (LOCATION_FIELDS.has(key) && typeof one === 'string') named.add(one);
        else visit(one);
      }
    }
  };
  for (const { fields } of people) visit(fields);
  return named;
}

/** Something in a record that refers to nothing. */
export interface DeadReference {
  /** `gender`, `addresses.locationId`... */
  path: string;
  id: string;
  kind: 'location' | 'reference data';
}

/** What tells the members of a list apart: a member without it is nothing. */
const LEADING = new Set(['typeId', 'type', 'vaccine']);

/**
 * Puts locations in the place of org units, and takes out what refers to nothing: a field becomes
 * null, a member of a list goes when it cannot be told what it is.
 *
 * @param note takes every reference that is taken out
 */
export function resolveReferences(
  fields: RecordFields,
  references: References,
  note: (dead: DeadReference) => void,
): RecordFields {
  return resolveObject(fields, references, note, '') as RecordFields;
}

function resolveObject(
  object: Record<string, unknown>,
  references: References,
  note: (dead: DeadReference) => void,
  path: string,
): Record<string, unknown> | undefined {
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (LOCATION_FIELDS.has(key) && typeof value === 'string') {
      const location = references.locationOf(value);
      if (location === undefined) note({ path: at, id: value, kind: 'location' });
      resolved[key] = location ?? null;
    } else if (typeof value === 'string' && value.startsWith('LNG_')) {
      const known = references.idOf(value);
      if (!known) note({ path: at, id: value, kind: 'reference data' });
      if (!known && path !== '' && LEADING.has(key)) return undefined;
      resolved[key] = known ?? null;
    } else if (Array.isArray(value)) {
      resolved[key] = value.flatMap(one =>
        isObject(one) ? (resolveObject(one, references, note, at) ?? []) : [one],
      );
    } else if (isObject(value)) {
      resolved[key] = resolveObject(value, references, note, at) ?? null;
    } else resolved[key] = value;
  }
  return resolved;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
