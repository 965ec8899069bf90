import type { Identifier, MappedLocation } from '#common/handover/mapped-location-batch.js';
import type { Location } from '../../client/requests/locations.js';
import { nameKey } from '../name-key.js';
import type { Target } from './match.js';

/** Fields of a location that a plan changes. */
export type LocationChanges = Partial<Omit<Location, 'id'>>;

/** Degrees that make no difference: far less than a step. */
const TOLERANCE = 1e-7;

/** The location as it is created. */
export function toNewLocation({ id, mapped, parentLocationId }: Target, mark: string): Location {
  const { name, synonyms, active, geographicalLevelId, geoLocation, populationDensity } = mapped;
  return {
    id,
    name,
    synonyms,
    identifiers: ownIdentifiers(mapped, mark),
    active,
    // Always named: before 2.49 a child without it is put right, but one with null goes to the top.
    ...(parentLocationId === null ? {} : { parentLocationId }),
    ...(geographicalLevelId === undefined ? {} : { geographicalLevelId }),
    ...(geoLocation === undefined ? {} : { geoLocation }),
    ...(populationDensity === undefined ? {} : { populationDensity }),
  };
}

/** What brings a deleted location back: an import that says so in so many words. */
export function toRestored(location: Location): Location {
  const { parentLocationId = null } = location;
  return { ...location, parentLocationId, deleted: false, deletedAt: null };
}

/**
 * What must change of a location. Whether it becomes inactive is not decided here: that takes its
 * children into account.
 *
 * @param now the location as it is, or as the plan has left it so far
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
 * What must change of a location that its org unit was made of: it is Go.Data's own, and only gets what
 * says which org unit that is.
 */
export function diffOwn(now: Location, mapped: MappedLocation, mark: string): LocationChanges {
  const identifiers = wantedIdentifiers(now, mapped, mark);
  return isSameSet((now.identifiers ?? []).map(textOf), identifiers.map(textOf))
    ? {}
    : { identifiers };
}

/** Whether a location was made by hand, and is only linked to an org unit. */
export function isLinked({ id, mapped }: Target): boolean {
  return id !== mapped.id;
}

/** DHIS2 owns the synonyms of what came from it; to a location made by hand its own are only added. */
function wantedSynonyms(now: Pick<Location, 'synonyms'>, target: Target): string[] {
  const { synonyms } = target.mapped;
  if (!isLinked(target)) return synonyms;
  const present = now.synonyms ?? [];
  const known = new Set(present.map(nameKey));
  return [...present, ...synonyms.filter(word => !known.has(nameKey(word)))];
}

/** The mapping owns the identifiers with its descriptions; others stay. */
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
