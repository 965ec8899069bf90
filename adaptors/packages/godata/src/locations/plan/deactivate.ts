import type { Adjusted } from '#common/reporting/report.js';
import type { LocationTree } from './location-tree.js';

/**
 * Chooses which locations become inactive, children before parents. Go.Data does not allow an
 * inactive location above an active one: a location stays active when users made an active location
 * below it.
 *
 * @param wanted ids of locations that should be inactive
 * @param tree the tree after all other changes
 */
export function planDeactivations(
  wanted: Iterable<string>,
  tree: LocationTree,
): { deactivations: string[]; adjusted: Adjusted[] } {
  const active = [...new Set(wanted)].filter(id => (tree.get(id)?.active ?? true) && tree.get(id));
  const depths = depthsOf(active, tree);
  const inactive = new Set<string>();
  const adjusted: Adjusted[] = [];
  for (const id of active.sort((a, b) => depths.get(b)! - depths.get(a)!)) {
    const isOpenBelow = [...tree.children(id)].some(
      child => tree.get(child)!.active !== false && !inactive.has(child),
    );
    if (isOpenBelow) adjusted.push(keptActive(id));
    else inactive.add(id);
  }
  return { deactivations: [...inactive], adjusted };
}

function depthsOf(ids: readonly string[], tree: LocationTree): Map<string, number> {
  const depths = new Map<string, number>();
  for (const id of ids) {
    const chain: string[] = [];
    const seen = new Set<string>();
    let at: string | null | undefined = id;
    while (at && !depths.has(at) && !seen.has(at)) {
      seen.add(at);
      chain.push(at);
      at = tree.get(at)?.parentLocationId;
    }
    let depth = (at && depths.get(at)) || 0;
    for (const one of chain.reverse()) depths.set(one, ++depth);
  }
  return depths;
}

function keptActive(id: string): Adjusted {
  const message =
    'The org unit is closed or was deleted, but the location stays active because a location below it is active.';
  return { kind: 'location', id, code: 'ACTIVE_BELOW', message };
}
