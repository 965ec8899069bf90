import type { Polygon, Position } from './shape.js';

/**
 * Lays polygons that lie on both sides of the date line beside each other, their longitudes running on
 * beyond 180. Islands off Fiji would else have their middle in Africa, and an edge from 179 to -179
 * would go round the earth.
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
    // What ends elsewhere than it began goes round a pole, and has no middle that is better.
    return rings.every(isClosed) ? rings : polygon;
  });
}

/** Each longitude as near as can be to the one before. */
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

/** A longitude as maps write it, -180 to 180. */
export function toLongitude(degrees: number): number {
  if (Math.abs(degrees) <= 180) return degrees;
  return degrees - 360 * Math.round(degrees / 360);
}
