declare module 'polylabel' {
  /**
   * Finds the point in a polygon that is farthest from its edges, and its distance. The distance is
   * 0 or less when the precision was too low to find a point inside.
   * @param polygon rings of positions, the outline first
   * @param precision accepted distance from the best point
   */
  export default function polylabel(
    polygon: number[][][],
    precision?: number,
  ): number[] & { distance: number };
}
