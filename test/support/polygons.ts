/** Rings of longitude and latitude; all but the first are holes. */
export type Polygon = [lng: number, lat: number][][];

/** Whether a point is in a polygon: a line to the east meets its edges an odd number of times. */
export function isIn(polygon: Polygon, { lng, lat }: { lng: number; lat: number }): boolean {
  let meetings = 0;
  for (const ring of polygon) {
    for (const [index, [x, y]] of ring.entries()) {
      const [lastX, lastY] = ring.at(index - 1)!;
      if (y > lat !== lastY > lat && lng < ((lastX - x) * (lat - y)) / (lastY - y) + x)
        meetings += 1;
    }
  }
  return meetings % 2 === 1;
}
