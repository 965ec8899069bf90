declare module 'polylabel' {
  /**
   * The place in a polygon that is farthest from its edges, and how far; 0 or less when the search was
   * too coarse to find one inside.
   * @param polygon rings of positions, the outline first
   * @param precision how far from the best place it may be
   */
  export default function polylabel(
    polygon: number[][][],
    precision?: number,
  ): number[] & { distance: number };
}
