import { getOrCreate } from './get-or-create.js';

/** The part of an org unit or a location that decides its place in the tree. */
export interface TreeNode {
  id: string;
  /** Id of the parent; absent at the top. */
  parent?: string;
  /** It is closed, or inactive. */
  closed: boolean;
}

/** The place of a node. */
export interface Place {
  level: number;
  /** Steps below the root. */
  depth: number;
  /** Absent at a root. */
  parent: string | undefined;
  closed: boolean;
  /** A node below it is open. */
  openBelow: boolean;
}

/** The children of one parent, or the roots. */
export interface SiblingGroup {
  /** Level of the children; 0 for the roots, whatever their own level is. */
  level: number;
  /** Id of their parent; empty for the roots. */
  parent: string;
  ids: string[];
}

/** The structure of a tree, without the content of its nodes. */
export interface Tree {
  places: ReadonlyMap<string, Place>;
  /** Parents before children, by level and then by the parent's id: the same order in every run. */
  groups: readonly SiblingGroup[];
  /** Ids of nodes that are below no root: their parents are missing, or form a circle. */
  lost: readonly string[];
}

/**
 * Builds the tree below some roots, in linear time.
 *
 * @param roots ids and levels of nodes to begin at
 */
export function buildTree(
  nodes: readonly TreeNode[],
  roots: readonly { id: string; level: number }[],
): Tree {
  const closed = new Set<string>();
  const childrenOf = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.closed) closed.add(node.id);
    else closed.delete(node.id);
    if (node.parent !== undefined)
      getOrCreate(childrenOf, node.parent, () => [] as string[]).push(node.id);
  }
  const places = new Map<string, Place>();
  const groups: SiblingGroup[] = [];
  const place = (id: string, level: number, depth: number, parent?: string) => {
    places.set(id, { level, depth, parent, closed: closed.has(id), openBelow: false });
  };
  // All roots count as siblings: each of them is placed at the top of the other system's tree.
  for (const { id, level } of roots) place(id, level, 0);
  groups.push({ level: 0, parent: '', ids: roots.map(({ id }) => id).sort() });
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

/** From the bottom up, because children come after their parents. */
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
