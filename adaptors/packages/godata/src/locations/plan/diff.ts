import type { Identifier, MappedLocation } from '#common/handover/mapped-location-batch.js';
import type { Location } from '../../client/requests/locations.js';
import { nameKey } from '../name-key.js';
import type { Target } from './match.js';

/** Fields of a location that a plan changes. */
export type LocationChanges = Partial<Omit<Location, 'id'>>;

/** Difference in degrees that does not count: far less than a step on the ground. */
const TOLERANCE = 1e-7;

/** The location to create. */
export function toNewLocation({ id, mapped, parentLocationId }: Target, mark: string): Location {
  const { name, synonyms, active, geographicalLevelId, geoLocation, populationDensity } = mapped;
  const identifiers = ownIdentifiers(mapped, mark);
  const location: Location = { id, name, synonyms, identifiers, active };
  // Never null: before 2.49 a child without the property gets its parent, but a child with null is
  // put at the top of the tree.
  if (parentLocationId !== null) location.parentLocationId = parentLocationId;
  if (geographicalLevelId !== undefined) location.geographicalLevelId = geographicalLevelId;
  if (geoLocation !== undefined) location.geoLocation = geoLocation;
  if (populationDensity !== undefined) location.populationDensity = populationDensity;
  return location;
}

/** The location to import to restore a deleted one: the import must say that it is not deleted. */
export function toRestored(location: Location): Location {
  const { parentLocationId = null } = location;
  return { ...location, parentLocationId, deleted: false, deletedAt: null };
}

/**
 * The fields of a location to change. Whether it becomes inactive is decided elsewhere, because it
 * depends on its children.
 *
 * @param now the location with the changes of the plan so far
 */
export function diffLocation(now: Location, target: Target, mark: string): LocationChanges {
  const { mapped, parentLocationId } = target;
  const { name, active, geographicalLevelId: level, geoLocation: point } = mapped;
  const { populationDensity: density } = mapped;
  const synonyms = wantedSynonyms(now, target);
  const identifiers = wantedIdentifiers(now, mapped, mark);
  return {
    ...(now.name === name ? {} : { name }),
    ...((now.parentLocationId ?? null) === parentLocationId ? {} : { parentLocationId }),
    ...(active && now.active === false ? { active } : {}),
    ...(level === undefined || now.geographicalLevelId === level
      ? {}
      : { geographicalLevelId: level }),
    ...(point === undefined || isNear(now.geoLocation, point) ? {} : { geoLocation: point }),
    ...(density === undefined || now.populationDensity === density
      ? {}
      : { populationDensity: density }),
    ...(isSameSet(now.synonyms ?? [], synonyms) ? {} : { synonyms }),
    ...(isSameSet((now.identifiers ?? []).map(textOf), identifiers.map(textOf))
      ? {}
      : { identifiers }),
  };
}

/**
 * The change of a location from which its org unit was made. Go.Data owns it; it only gets the mark
 * of the org unit.
 */
export function diffOwn(now: Location, mapped: MappedLocation, mark: string): LocationChanges {
  const identifiers = wantedIdentifiers(now, mapped, mark);
  return isSameSet((now.identifiers ?? []).map(textOf), identifiers.map(textOf))
    ? {}
    : { identifiers };
}

/** Whether a location was made by hand and is only linked to an org unit. */
export function isLinked({ id, mapped }: Target): boolean {
  return id !== mapped.id;
}

/**
 * The synonyms that a location should have. DHIS2 owns the synonyms of locations that came from it.
 * For a location made by hand it only adds synonyms.
 */
function wantedSynonyms(now: Pick<Location, 'synonyms'>, target: Target): string[] {
  const { synonyms } = target.mapped;
  if (!isLinked(target)) return synonyms;
  const present = now.synonyms ?? [];
  const known = new Set(present.map(nameKey));
  return [...present, ...synonyms.filter(text => !known.has(nameKey(text)))];
}

/**
 * The identifiers that a location should have. The mapping owns identifiers with its descriptions;
 * others stay.
 */
function wantedIdentifiers(now: Location, mapped: MappedLocation, mark: string) {
  const owned = new Set([mark, ...mapped.identifiers.map(({ description }) => description)]);
  const others = (now.identifiers ?? []).filter(({ description }) => !owned.has(description ?? ''));
  return [...ownIdentifiers(mapped, mark), ...others];
}

function ownIdentifiers({ id, identifiers }: MappedLocation, mark: string): Identifier[] {
  const own = identifiers.filter(({ code }) => code !== undefined);
  return [...own, { code: id, description: mark }];
}

function textOf({ code, description }: { code?: string; description?: string }): string {
  return JSON.stringify([code, description]);
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(a);
  return a.length === b.length && b.every(one => set.has(one));
}

function isNear(now: Location['geoLocation'], point: { lat: number; lng: number }): boolean {
  return (
    now != null &&
    Math.abs(now.lat - point.lat) < TOLERANCE &&
    Math.abs(now.lng - point.lng) < TOLERANCE
  );
}
