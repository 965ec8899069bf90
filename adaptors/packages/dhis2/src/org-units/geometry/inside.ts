import { polygonArea, polygonContains } from 'd3-polygon';
import polylabel from 'polylabel';
import type { Polygon, Position } from './shape.js';

/** Precision of the search for the best point, as a part of the longest side. It limits the time. */
const FINENESS = 1 / 500;

/** Number of lines through a polygon to find a point in it. */
const LINES = 9;

/** Whether a position is inside a polygon and outside its holes. */
export function contains([outline, ...holes]: Polygon, position: Position): boolean {
  return (
    polygonContains(outline!, position) && !holes.some(hole => polygonContains(hole, position))
  );
}

/**
 * A point in the largest polygon: the one farthest from its edges. If the polygon is narrower than
 * the precision of that search, the middle of the widest crossing. If it has no area, a position of
 * the shape.
 */
export function placeInside(polygons: Polygon[]): Position {
  const size = (polygon: Polygon) => Math.abs(polygonArea(polygon[0]!));
  const largest = polygons.reduce((best, polygon) => (size(polygon) > size(best) ? polygon : best));
  const outline = largest[0]!;
  const best = polylabel(largest, longestSide(outline) * FINENESS);
  if (best.distance > 0) return [best[0]!, best[1]!];
  return widestCrossing(largest) ?? nearestToMiddle(outline);
}

function longestSide(outline: Position[]): number {
  return Math.max(...[0, 1].map(axis => extent(outline, axis).reduce((from, to) => to - from)));
}

function extent(outline: Position[], axis: number): [from: number, to: number] {
  return outline.reduce<[number, number]>(
    ([from, to], at) => [Math.min(from, at[axis]!), Math.max(to, at[axis]!)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** A line of one latitude that goes through no corner crosses the edges in pairs: it enters and leaves. */
function widestCrossing(polygon: Polygon): Position | undefined {
  const corners = [...new Set(polygon.flat().map(([, y]) => y))].sort((a, b) => a - b);
  const [from, to] = extent(polygon[0]!, 1);
  if (from === to) return undefined;
  let best: Position | undefined;
  let width = 0;
  for (let line = 1; line <= LINES; line += 1) {
    const y = betweenCorners(corners, from + ((to - from) * line) / (LINES + 1));
    const meetings = polygon.flatMap(ring => crossings(ring, y)).sort((a, b) => a - b);
    for (let index = 0; index + 1 < meetings.length; index += 2) {
      const [left, right] = [meetings[index]!, meetings[index + 1]!];
      if (right - left <= width) continue;
      width = right - left;
      best = [(left + right) / 2, y];
    }
  }
  return best;
}

function betweenCorners(corners: readonly number[], wanted: number): number {
  const above = corners.findIndex(y => y > wanted);
  return (corners[above - 1]! + corners[above]!) / 2;
}

function crossings(ring: Position[], y: number): number[] {
  return ring.flatMap(([toX, toY], index) => {
    const [fromX, fromY] = ring.at(index - 1)!;
    if (fromY > y === toY > y) return [];
    return [fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)];
  });
}

function nearestToMiddle(positions: Position[]): Position {
  const middle = [0, 1].map(
    axis => positions.reduce((sum, at) => sum + at[axis]!, 0) / positions.length,
  ) as Position;
  const distance = ([x, y]: Position) => Math.hypot(x - middle[0], y - middle[1]);
  return positions.reduce((best, at) => (distance(at) < distance(best) ? at : best));
}
