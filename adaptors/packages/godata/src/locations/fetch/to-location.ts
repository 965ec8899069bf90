import type { Place } from '#common/collections/tree.js';
import type { FetchedLocation } from '#common/handover/fetched-location-batch.js';
import type { Point } from '#common/handover/fetched-org-unit-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import type { Location } from '../../client/requests/locations.js';
import type { CodeIndex } from './code-index.js';

/**
 * Reduces a location to the properties that a mapping needs.
 *
 * @param note is called when the coordinates are not a place on earth; the location is passed on
 * without them
 */
export function toFetchedLocation(
  raw: Location,
  { level, closed, openBelow }: Place,
  { codesOf }: CodeIndex,
  note: (adjusted: Adjusted) => void,
): FetchedLocation {
  const { id, name, synonyms, parentLocationId, geographicalLevelId, geoLocation } = raw;
  const { populationDensity, createdAt } = raw;
  const point = readPoint(geoLocation);
  if (point === 'broken') note(brokenCoordinates(id));
  return {
    id,
    name: String(name ?? ''),
    synonyms: (synonyms ?? []).map(String),
    identifiers: codesOf(raw),
    level,
    ...(geographicalLevelId ? { geographicalLevelId } : {}),
    ...(parentLocationId ? { parent: parentLocationId } : {}),
    active: !closed,
    ...(closed && openBelow ? { activeBelow: true } : {}),
    ...(point && point !== 'broken' ? { point } : {}),
    ...(typeof populationDensity === 'number' ? { populationDensity } : {}),
    ...(createdAt ? { createdAt: createdAt.slice(0, 10) } : {}),
  };
}

function readPoint(geoLocation: Location['geoLocation']): Point | 'broken' | undefined {
  if (geoLocation == null) return undefined;
  const { lat, lng } = geoLocation;
  return isWithin(lat, 90) && isWithin(lng, 180) ? { lat, lng } : 'broken';
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function brokenCoordinates(id: string): Adjusted {
  const message =
    'The coordinates are not a place on earth. They were omitted. Correct them in Go.Data.';
  return { kind: 'location', id, code: 'BROKEN_COORDINATES', message };
}
