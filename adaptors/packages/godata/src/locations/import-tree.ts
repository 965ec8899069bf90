import type { Location, LocationNode } from '../client/requests/locations.js';

/**
 * Nests locations as Go.Data's import takes them: children in their parents. One whose parent is not
 * among them stands at the top and names its parent itself.
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
