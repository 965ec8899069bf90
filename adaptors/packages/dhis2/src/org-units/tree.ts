import { getOrCreate } from '../../../../common/src/get-or-create.js';
import type { Place, RawOrgUnit } from './to-org-unit.js';
import { isClosed } from './to-org-unit.js';

/** The little of an org unit that tells where it stands. */
export type TreeNode = Pick<RawOrgUnit, 'id' | 'level' | 'parent' | 'closedDate'>;

/** The children of one org unit, or the roots. */
export interface SiblingGroup {
  /** Level of the children in DHIS2's tree; 0 for the roots, whatever theirs is. */
  level: number;
  /** Id of their parent; empty for the roots. */
  parent: string;
  ids: string[];
}

/** How org units hang together, without what they are. */
export interface OrgUnitTree {
  places: ReadonlyMap<string, Place>;
  /** Parents before children; by level, then by the parent's id: the same order in every run. */
  groups: readonly SiblingGroup[];
  /** Org units that are below no root: their parents are missing or go round in a circle. */
  lost: readonly string[];
}

/**
 * Builds the tree below some roots, in linear time.
 *
 * @param roots ids, each among the nodes
 * @param today `yyyy-MM-dd`, for what is closed
 */
export function buildTree(
  nodes: readonly TreeNode[],
  roots: readonly string[],
  today: string,
): OrgUnitTree {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const childrenOf = new Map<string, string[]>();
  for (const { id, parent } of nodes) {
    if (parent) getOrCreate(childrenOf, parent.id, () => [] as string[]).push(id);
  }
  const places = new Map<string, Place>();
  const groups: SiblingGroup[] = [];
  const place = (id: string, level: number, depth: number, parent?: string) => {
    const closed = isClosed(byId.get(id)!, today);
    places.set(id, { level, depth, parent, closed, openBelow: false });
  };
  // The roots are siblings wherever DHIS2 has them: all of them end at the top of the other tree.
  for (const id of roots) place(id, byId.get(id)!.level ?? 1, 0);
  groups.push({ level: 0, parent: '', ids: [...roots].sort() });
  for (let next = 0; next < groups.length; next += 1) {
    for (const parent of groups[next]!.ids) {
      const { level, depth } = places.get(parent)!;
      const ids = (childrenOf.get(parent) ?? []).filter(id => !places.has(id)).sort();
      for (const id of ids) place(id, level + 1, depth + 1, parent);
      if (ids.length > 0) groups.push({ level: level + 1, parent, ids });
    }
  }
  markOpenBelow(places, groups);
  return {
    places,
    groups: groups.sort(byPosition),
    lost: nodes.map(({ id }) => id).filter(id => !places.has(id)),
  };
}

/** From the bottom up: children come after their parents. */
function markOpenBelow(places: Map<string, Place>, groups: readonly SiblingGroup[]): void {
  for (const { ids, parent } of groups.toReversed()) {
    const isOpen = ids.some(id => !places.get(id)!.closed || places.get(id)!.openBelow);
    if (parent && isOpen) places.get(parent)!.openBelow = true;
  }
}

/** Whether one group comes before another. */
export function byPosition(
  a: Pick<SiblingGroup, 'level' | 'parent'>,
  b: Pick<SiblingGroup, 'level' | 'parent'>,
): number {
  return a.level - b.level || (a.parent < b.parent ? -1 : a.parent > b.parent ? 1 : 0);
}
