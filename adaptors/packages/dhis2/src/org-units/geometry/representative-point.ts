import { polygonArea, polygonCentroid, polygonContains } from 'd3-polygon';
import polylabel from 'polylabel';
import type { Point } from '../../../../../common/src/org-unit-batch.js';
import type { Polygon, Position, Shape } from './shape.js';

/** About 10 cm on the ground: more digits than that say nothing. */
const DECIMALS = 6;

/**
 * One point for a shape: its own, or the area-weighted centroid of all its polygons. A centroid that
 * lies in none of them (a crescent, an archipelago, islands on both sides of the date line) is moved
 * into the largest, to the place farthest from its edges.
 *
 * @example
 * representativePoint({ polygons: [[[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]] }); // { lat: 1, lng: 1 }
 */
export function representativePoint(shape: Shape): Point {
  if ('point' in shape) return shape.point;
  const [lng, lat] = insidePoint(shape.polygons);
  return { lat: round(lat), lng: round(lng) };
}

function insidePoint(polygons: Polygon[]): Position {
  // Near zero, the sums that an area is made of keep their digits: a village is 0.001 degrees wide.
  const origin = polygons[0]![0]![0]!;
  const moved = polygons.map(polygon => polygon.map(ring => ring.map(at => minus(at, origin))));
  const sum = moved.flat().reduce((length, ring) => length + ring.length, 0);
  const centroid = centroidOf(moved) ?? meanOf(moved.flat(2), sum);
  const isInside = moved.some(polygon => contains(polygon, centroid));
  const [x, y] = isInside ? centroid : poleOf(moved);
  return [x + origin[0], y + origin[1]];
}

/** @returns undefined for what has no area: a line, a single position */
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

function meanOf(positions: Position[], count: number): Position {
  const [x, y] = positions.reduce(([sumX, sumY], at) => [sumX + at[0], sumY + at[1]], [0, 0]);
  return [x / count, y / count];
}

function contains([outline, ...holes]: Polygon, position: Position): boolean {
  return (
    polygonContains(outline!, position) && !holes.some(hole => polygonContains(hole, position))
  );
}

/**
 * The place farthest from the edges of the largest polygon. A ribbon needs a finer search than a disc:
 * as coarse as it is narrow, the search may end outside.
 */
function poleOf(polygons: Polygon[]): Position {
  const size = (polygon: Polygon) => Math.abs(polygonArea(polygon[0]!));
  const largest = polygons.reduce((best, polygon) => (size(polygon) > size(best) ? polygon : best));
  for (const fineness of [1e-2, 1e-3, 1e-4]) {
    const [x, y] = polylabel(largest, Math.sqrt(size(largest)) * fineness);
    if (contains(largest, [x!, y!])) return [x!, y!];
  }
  return largest[0]![0]!;
}

function minus(at: Position, origin: Position): Position {
  return [at[0] - origin[0], at[1] - origin[1]];
}

function round(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
