import { polygonArea, polygonCentroid } from 'd3-polygon';
import type { Point } from '#common/handover/fetched-org-unit-batch.js';
import { inOneRange, toLongitude } from './date-line.js';
import { contains, placeInside } from './inside.js';
import type { Polygon, Position, Shape } from './shape.js';

/** About 10 cm on the ground. More digits have no meaning. */
const DECIMALS = 6;

/**
 * Finds one point for a shape: its own point, or the area-weighted centroid of all its polygons. A
 * centroid outside all polygons (of a crescent or an archipelago) is moved into the largest.
 *
 * @example
 * representativePoint({ polygons: [[[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]] }); // { lat: 1, lng: 1 }
 */
export function representativePoint(shape: Shape): Point {
  if ('point' in shape) return shape.point;
  const [lng, lat] = pointOf(inOneRange(shape.polygons));
  return { lat: round(lat), lng: toLongitude(round(lng)) };
}

function pointOf(polygons: Polygon[]): Position {
  // Near zero the sums for the area keep their precision: a village is 0.001 degrees wide.
  const origin = polygons[0]![0]![0]!;
  const moved = polygons.map(polygon => polygon.map(ring => ring.map(at => minus(at, origin))));
  const centroid = centroidOf(moved);
  const isInside = centroid && moved.some(polygon => contains(polygon, centroid));
  const [x, y] = isInside ? centroid : placeInside(moved);
  return [x + origin[0], y + origin[1]];
}

/** @returns undefined for a shape without area: a line or a single position */
function centroidOf(polygons: Polygon[]): Position | undefined {
  let total = 0;
  let x = 0;
  let y = 0;
  for (const polygon of polygons) {
    for (const [index, ring] of polygon.entries()) {
      const size = Math.abs(polygonArea(ring));
      if (size === 0) continue;
      const area = index === 0 ? size : -size;
      const [ringX, ringY] = polygonCentroid(ring);
      total += area;
      x += ringX * area;
      y += ringY * area;
    }
  }
  return total > 0 ? [x / total, y / total] : undefined;
}

function minus(at: Position, origin: Position): Position {
  return [at[0] - origin[0], at[1] - origin[1]];
}

function round(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
