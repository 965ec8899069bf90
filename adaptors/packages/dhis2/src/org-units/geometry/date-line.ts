import type { Polygon, Position } from './shape.js';

/**
 * Moves polygons on both sides of the date line next to each other, with longitudes beyond 180.
 * Otherwise the centre of islands near Fiji would be in Africa, and an edge from 179 to -179 would
 * go around the earth.
 */
export function inOneRange(polygons: Polygon[]): Polygon[] {
  const longitudes = polygons.flatMap(([outline]) => outline!.map(([lng]) => lng));
  let [west, east] = [180, -180];
  for (const lng of longitudes) {
    if (lng < west) west = lng;
    if (lng > east) east = lng;
  }
  if (east - west <= 180) return polygons;
  return polygons.map(polygon => {
    const rings = polygon.map(ring => follow(ring, longitudes[0]!));
    // A ring that does not end where it began goes around a pole. It has no better centre.
    return rings.every(isClosed) ? rings : polygon;
  });
}

/** Shifts each longitude as near as possible to the one before. */
function follow(ring: Position[], start: number): Position[] {
  let last = start;
  return ring.map(([lng, lat]) => {
    last = lng + 360 * Math.round((last - lng) / 360);
    return [last, lat];
  });
}

function isClosed(ring: Position[]): boolean {
  return Math.abs(ring[0]![0] - ring.at(-1)![0]) <= 180;
}

/** A longitude from -180 to 180, as on maps. */
export function toLongitude(degrees: number): number {
  if (Math.abs(degrees) <= 180) return degrees;
  return degrees - 360 * Math.round(degrees / 360);
}
