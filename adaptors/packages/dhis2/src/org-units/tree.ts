import { buildTree, type Tree } from '#common/collections/tree.js';
import { isClosed, type RawOrgUnit } from './to-org-unit.js';

/** The properties that show where an org unit is in the tree. */
export type OrgUnitNode = Pick<RawOrgUnit, 'id' | 'level' | 'parent' | 'closedDate'>;

/**
 * Builds the tree of org units below some roots.
 *
 * @param roots ids, each among the nodes
 * @param today `yyyy-MM-dd`, the day that decides which org units are closed
 */
export function buildOrgUnitTree(
  nodes: readonly OrgUnitNode[],
  roots: readonly string[],
  today: string,
): Tree {
  const atTop = new Set(roots);
  const levels = new Map(
    nodes.filter(({ id }) => atTop.has(id)).map(({ id, level }) => [id, level ?? 1]),
  );
  return buildTree(
    nodes.map(node => ({
      id: node.id,
      parent: node.parent?.id,
      closed: isClosed(node, today),
    })),
    roots.map(id => ({ id, level: levels.get(id)! })),
  );
}
