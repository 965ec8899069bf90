import type { Point } from '#common/handover/fetched-org-unit-batch.js';

/** Longitude and latitude, in GeoJSON's order. */
export type Position = [lng: number, lat: number];
/** The first ring is the outline, the others are holes. */
export type Polygon = Position[][];

/** The geometry of an org unit. */
export type Shape = { point: Point } | { polygons: Polygon[] };

/** The properties of an org unit that contain a geometry. */
export interface GeometrySource {
  /** GeoJSON, since DHIS2 2.32. */
  geometry?: unknown;
  /** Before 2.32: numbers in brackets, as a text or as the list itself. */
  coordinates?: unknown;
}

/**
 * Reads an org unit's geometry: GeoJSON, or the text of older servers (dhis2 FACTS §3). The depth
 * of the lists decides its type: servers before 2.32 write a polygon as a multipolygon of one.
 *
 * @returns undefined when there is none, `broken` when it is not on the earth
 * @example
 * readShape({ coordinates: '[-6.55,33.29]' }); // { point: { lat: 33.29, lng: -6.55 } }
 */
export function readShape(source: GeometrySource): Shape | undefined | 'broken' {
  const coordinates = coordinatesOf(source);
  if (coordinates === undefined || coordinates === 'broken') return coordinates;
  if (isPosition(coordinates)) return { point: { lat: coordinates[1], lng: coordinates[0] } };
  if (isPolygon(coordinates)) return { polygons: [coordinates] };
  const isMulti = Array.isArray(coordinates) && coordinates.length > 0;
  return isMulti && coordinates.every(isPolygon) ? { polygons: coordinates } : 'broken';
}

function coordinatesOf({ geometry, coordinates }: GeometrySource): unknown {
  if (geometry !== undefined && geometry !== null) {
    return (geometry as { coordinates?: unknown }).coordinates ?? 'broken';
  }
  if (coordinates === undefined || coordinates === null || coordinates === '') return undefined;
  if (typeof coordinates !== 'string') return coordinates;
  try {
    return JSON.parse(coordinates) as unknown;
  } catch {
    return 'broken';
  }
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length < 2) return false;
  const [lng, lat] = value as unknown[];
  return isWithin(lng, 180) && isWithin(lat, 90);
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function isPolygon(value: unknown): value is Polygon {
  return Array.isArray(value) && value.length > 0 && value.every(isRing);
}

function isRing(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isPosition);
}
