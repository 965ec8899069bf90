const LEVEL = 'LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_';

/** Go.Data's lowest geographical level (godata FACTS §4). */
const LOWEST = 9;

/**
 * The geographical level for a depth in the tree. All depths below 9 have level 9.
 *
 * @public
 * @function
 * @param {number} depth - Steps below the root; 0 is the root
 * @returns {string}
 * @example
 * adminLevel(2) // LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_2
 */
export function adminLevel(depth: number): string {
  return `${LEVEL}${Math.min(depth, LOWEST)}`;
}
