import { toProjection } from '../filter/fields.js';
import { comparator } from '../filter/order.js';
import type { Filter } from '../filter/parse-filter.js';
import { whereToPredicate } from '../filter/where.js';
import type { GoDataRecord, JsonObject } from '../types.js';

/** A location with what lies below it, as `/locations/hierarchical` answers (r073). */
export interface LocationNode {
  location: JsonObject;
  children: LocationNode[];
}

/**
 * The tree of locations that a filter selects: those found, everything above them, and everything
 * below them unless `where.includeChildren` is false (r073-r075). A location whose parent does not
 * exist is in no tree.
 */
export function locationTree(locations: readonly GoDataRecord[], filter: Filter): LocationNode[] {
  const { includeChildren = true, ...where } = filter.where;
  const byParent = groupByParent(locations);
  const matches = whereToPredicate(where, filter.deleted);
  const asked = Object.keys(where).length > 0;
  const project = toProjection(withStructure(filter.fields));
  const build = (parentId: string | null, below: boolean): LocationNode[] =>
    [...(byParent.get(parentId) ?? [])].sort(comparator([['name', 1]])).flatMap(location => {
      // Without a condition, the roots are selected.
      const found = asked ? matches(location) : parentId === null;
      const inherited = below || (found && includeChildren !== false);
      const children = build(location.id, inherited);
      const wanted = found || below || children.length > 0;
      return wanted ? [{ location: project(location), children }] : [];
    });
  return build(null, false);
}

/** The tree needs these fields, so they are answered even if they were not requested (r075). */
function withStructure(fields: unknown): unknown {
  return Array.isArray(fields) ? [...fields, 'parentLocationId', 'id'] : fields;
}

function groupByParent(locations: readonly GoDataRecord[]): Map<string | null, GoDataRecord[]> {
  const groups = new Map<string | null, GoDataRecord[]>();
  for (const location of locations) {
    const parent = (location.parentLocationId ?? null) as string | null;
    const siblings = groups.get(parent);
    if (siblings) siblings.push(location);
    else groups.set(parent, [location]);
  }
  return groups;
}
