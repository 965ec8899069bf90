import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedLocation,
  MappedLocationBatch,
} from '#common/handover/mapped-location-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import { isUid } from '#common/identity/uid.js';
import type { Location } from '../../client/requests/locations.js';
import type { LocationTree } from './location-tree.js';

/** The existing or new location of an org unit in Go.Data. */
export interface Target {
  /** Id of the location: the id of the org unit, or of the linked location. */
  id: string;
  mapped: MappedLocation;
  parentLocationId: string | null;
  /** Present when the location exists. */
  existing?: Location;
}

/** Finds the locations of org units. */
export interface Matcher {
  /** The existing location of an org unit: with its id or its mark, or from which it was made. */
  find(orgUnit: string): Location | undefined;
  /**
   * The location from which an org unit was made, deleted or not. The UID or the code of the org
   * unit shows it.
   */
  findOrigin(mapped: MappedLocation): Location | undefined;
  /** A location made by hand to link to the org unit. */
  findByHand(mapped: MappedLocation, parent: string | null): Location | undefined;
  /** Whether an org unit was made from a location. Go.Data then owns the location. */
  isOrigin(location: Location): boolean;
  /**
   * Whether this workflow updates a location: it has an org unit's id or mark, and Go.Data does not
   * own it.
   */
  isKept(location: Location): boolean;
  /** The org unit id in the mark of a location. */
  markOf(location: Location): string | undefined;
}

/**
 * Creates the matcher of a batch.
 *
 * @param existing all locations of Go.Data, also deleted ones
 */
export function createMatcher(
  batch: MappedLocationBatch,
  tree: LocationTree,
  existing: readonly Location[],
): Matcher {
  const { mark, link, server } = batch;
  const orgUnits = new Set([...batch.locations.map(({ id }) => id), ...(batch.allIds ?? [])]);
  const origins = createOrigins(existing, server);
  const originIds = new Set(
    batch.locations.flatMap(mapped => (tree.get(mapped.id) ? [] : (origins.of(mapped)?.id ?? []))),
  );
  const byMark = new Map<string, Location>();
  for (const location of tree.all()) {
    const orgUnit = markOf(location);
    // An id is more reliable than a mark, which users can copy.
    if (orgUnit === undefined || orgUnits.has(location.id)) continue;
    if (!byMark.has(orgUnit)) byMark.set(orgUnit, location);
  }

  function markOf({ identifiers }: Location): string | undefined {
    return identifiers?.find(({ description }) => description === mark)?.code;
  }

  function find(orgUnit: string): Location | undefined {
    const own = tree.get(orgUnit);
    if (own) return own;
    const origin = origins.ofUid(orgUnit);
    return (origin && tree.get(origin.id)) ?? byMark.get(orgUnit);
  }

  function findOrigin(mapped: MappedLocation): Location | undefined {
    return tree.get(mapped.id) ? undefined : origins.of(mapped);
  }

  function isOrigin(location: Location): boolean {
    if (originIds.has(location.id)) return true;
    const orgUnit = isUid(location.id) ? undefined : markOf(location);
    return orgUnit !== undefined && origins.ofUid(orgUnit)?.id === location.id;
  }

  function isKept(location: Location): boolean {
    if (orgUnits.has(location.id)) return true;
    const orgUnit = markOf(location);
    if (isOrigin(location)) return false;
    return orgUnit !== undefined && find(orgUnit)?.id === location.id;
  }

  /**
   * Whether a location was made by hand: nothing shows that it belongs to an org unit. In an early
   * part of a large tree, a UID may belong to an org unit of a later part.
   */
  function isByHand(location: Location): boolean {
    if (isKept(location) || markOf(location) !== undefined || originIds.has(location.id))
      return false;
    return batch.allIds !== undefined || !isUid(location.id);
  }

  const byCode = new Map<string, Location[]>();
  for (const location of tree.all()) {
    if (!isByHand(location)) continue;
    for (const { code } of location.identifiers ?? []) {
      if (code !== undefined) getOrCreate(byCode, code, () => [] as Location[]).push(location);
    }
  }

  function findByHand(
    { name, identifiers }: MappedLocation,
    parent: string | null,
  ): Location | undefined {
    const isHere = ({ parentLocationId }: Location) => (parentLocationId ?? null) === parent;
    const found = {
      code: identifiers
        .flatMap(({ code }) => (code ? (byCode.get(code) ?? []) : []))
        .filter(isHere),
      name: tree
        .named(parent, name)
        .map(id => tree.get(id)!)
        .filter(isByHand),
    };
    const way = (['code', 'name'] as const).find(
      one => link.includes(one) && new Set(found[one]).size === 1,
    );
    return way && found[way][0];
  }

  return { find, findOrigin, findByHand, isOrigin, isKept, markOf };
}

/** Which org units were made from which locations. */
interface Origins {
  of(mapped: MappedLocation): Location | undefined;
  ofUid(orgUnit: string): Location | undefined;
}

/**
 * Finds the locations from which org units were made. Only locations with an id that Go.Data made
 * can be such: the others came from DHIS2.
 */
function createOrigins(existing: readonly Location[], server: string): Origins {
  const byId = new Map(
    existing.filter(({ id }) => !isUid(id)).map(location => [location.id, location]),
  );
  let byUid: Map<string, Location> | undefined;
  // Computed only when an org unit has no location with its id.
  const ofUid = (orgUnit: string) => {
    byUid ??= new Map([...byId].map(([id, location]) => [ownUidOf(server, id), location]));
    return byUid.get(orgUnit);
  };
  const ofCode = ({ identifiers }: MappedLocation) => {
    const code = identifiers.map(one => one.code).find(one => one !== undefined && byId.has(one));
    return code === undefined ? undefined : byId.get(code);
  };
  return {
    of: mapped => ofUid(mapped.id) ?? ofCode(mapped),
    ofUid,
  };
}
