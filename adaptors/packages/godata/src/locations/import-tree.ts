import type { Location, LocationNode } from '../client/requests/locations.js';

/**
 * Nests locations for Go.Data's import: children inside their parents. A location whose parent is
 * not in the list is at the top and has the id of its parent.
 *
 * @param locations parents before children
 * @example
 * nestLocations([{ id: 'A', name: 'A' }, { id: 'B', name: 'B', parentLocationId: 'A' }]).length; // 1
 */
export function nestLocations(locations: readonly Location[]): LocationNode[] {
  const nodes = new Map<string, LocationNode>();
  const tops: LocationNode[] = [];
  for (const location of locations) {
    const node: LocationNode = { location, children: [] };
    nodes.set(location.id, node);
    const parent = location.parentLocationId ? nodes.get(location.parentLocationId) : undefined;
    (parent?.children ?? tops).push(node);
  }
  return tops;
}
