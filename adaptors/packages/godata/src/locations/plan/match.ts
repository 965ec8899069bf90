import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedLocation,
  MappedLocationBatch,
} from '#common/handover/mapped-location-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import type { Location } from '../../client/requests/locations.js';
import type { LocationTree } from './location-tree.js';

/** Where an org unit's location is, or will be, in Go.Data. */
export interface Target {
  /** The location's id: the org unit's, or that of the one it is linked to. */
  id: string;
  mapped: MappedLocation;
  parentLocationId: string | null;
  /** Present when the location is there already. */
  existing?: Location;
}

/** Finds locations by what they have of an org unit. */
export interface Matcher {
  /** An org unit's location that is there, by its id or its mark, or since it was made of it. */
  find(orgUnit: string): Location | undefined;
  /** The location that an org unit was made of, deleted or not: its UID or its code says so. */
  findOrigin(mapped: MappedLocation): Location | undefined;
  /** A location made by hand that may be taken for the org unit's. */
  findByHand(mapped: MappedLocation, parent: string | null): Location | undefined;
  /** Whether an org unit was made of a location, which is Go.Data's own then. */
  isOrigin(location: Location): boolean;
  /**
   * Whether this workflow keeps a location: it is the one with an org unit's id or mark, and not Go.Data's
   * own.
   */
  isKept(location: Location): boolean;
  /** Org unit id of the mark that a location has. */
  markOf(location: Location): string | undefined;
}

/** The shape of DHIS2's ids (dhis2 FACTS §4.1). */
const UID = /^[A-Za-z][A-Za-z0-9]{10}$/;

/**
 * Creates the matcher of a batch.
 *
 * @param existing every location of Go.Data, deleted ones too
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
    // The id of an org unit says more than a mark, which people can copy.
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
    const orgUnit = UID.test(location.id) ? undefined : markOf(location);
    return orgUnit !== undefined && origins.ofUid(orgUnit)?.id === location.id;
  }

  function isKept(location: Location): boolean {
    if (orgUnits.has(location.id)) return true;
    const orgUnit = markOf(location);
    if (isOrigin(location)) return false;
    return orgUnit !== undefined && find(orgUnit)?.id === location.id;
  }

  /** Not known to be an org unit's: in an early part of a large tree, a UID may be one of a later part. */
  function isByHand(location: Location): boolean {
    if (isKept(location) || markOf(location) !== undefined || originIds.has(location.id))
      return false;
    return batch.allIds !== undefined || !UID.test(location.id);
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

/** Which org units were made of which locations. */
interface Origins {
  of(mapped: MappedLocation): Location | undefined;
  ofUid(orgUnit: string): Location | undefined;
}

/** An id of Go.Data's own is no org unit's, so that what has such a one came from DHIS2. */
function createOrigins(existing: readonly Location[], server: string): Origins {
  const byId = new Map(
    existing.filter(({ id }) => !UID.test(id)).map(location => [location.id, location]),
  );
  let byUid: Map<string, Location> | undefined;
  // Worked out only when an org unit is met that no location has the id of.
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
