import { getOrCreate } from '../../../../../common/src/get-or-create.js';
import type { LocationBatch, MappedLocation } from '../../../../../common/src/location-batch.js';
import type { Location } from '../../models.js';
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
  /** An org unit's location that is there, by its id or its mark. */
  find(orgUnit: string): Location | undefined;
  /** A location made by hand that may be taken for the org unit's. */
  findByHand(mapped: MappedLocation, parent: string | null): Location | undefined;
  /** Whether this workflow keeps a location: it is the one with an org unit's id or mark. */
  isKept(location: Location): boolean;
  /** Org unit id of the mark that a location has. */
  markOf(location: Location): string | undefined;
}

/** The shape of DHIS2's ids (dhis2 FACTS §4.1). */
const UID = /^[A-Za-z][A-Za-z0-9]{10}$/;

/** Creates the matcher of a batch. */
export function createMatcher(batch: LocationBatch, tree: LocationTree): Matcher {
  const { mark, link } = batch;
  const orgUnits = new Set([...batch.locations.map(({ id }) => id), ...(batch.allIds ?? [])]);
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
    return tree.get(orgUnit) ?? byMark.get(orgUnit);
  }

  function isKept(location: Location): boolean {
    if (orgUnits.has(location.id)) return true;
    const orgUnit = markOf(location);
    return orgUnit !== undefined && find(orgUnit)?.id === location.id;
  }

  /** Not known to be an org unit's: in an early part of a large tree, a UID may be one of a later part. */
  function isByHand(location: Location): boolean {
    if (isKept(location) || markOf(location) !== undefined) return false;
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

  return { find, findByHand, isKept, markOf };
}
