import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Location } from '../../client/requests/locations.js';
import { chooseTargets } from './choose-targets.js';
import { planDeactivations } from './deactivate.js';
import { diffOwn, toNewLocation } from './diff.js';
import { LocationTree } from './location-tree.js';
import { createMatcher, type Matcher, type Target } from './match.js';
import { type LocationUpdate, type Sequence, sequenceChanges } from './sequence.js';

/** All changes of a batch in Go.Data, in the order in which to apply them. */
export interface LocationPlan extends Sequence {
  /** Ids of locations, children before parents. */
  deactivations: string[];
  /** Ids of locations that become inactive after the last part of the tree was read. */
  closing: string[];
  /** Number of active locations that this workflow keeps in step. */
  kept: number;
  /** Several locations are kept in step, and not one of their org units is in the tree. */
  isForeign: boolean;
  targets: ReadonlyMap<string, Target>;
  /** Ids of locations that Go.Data owns and that get the mark of their org unit. */
  linked: ReadonlySet<string>;
  /** Ids of locations to create that were deleted in Go.Data. */
  restored: ReadonlySet<string>;
  /** Number of locations of the batch that need no change. */
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  /** The tree after the changes. */
  tree: LocationTree;
}

/**
 * Compares a batch with Go.Data's locations and makes the plan. A pure function.
 *
 * @param existing all locations of Go.Data, also deleted ones
 * @param closing ids of locations to deactivate, from earlier parts of the tree
 */
export function planBatch(
  batch: MappedLocationBatch,
  existing: readonly Location[],
  closing: readonly string[] = [],
): LocationPlan {
  const deleted = new Set(existing.flatMap(one => (one.deleted ? [one.id] : [])));
  const tree = new LocationTree(existing.filter(one => !one.deleted));
  const matcher = createMatcher(batch, tree, existing);
  const { targets, own, rejected, adjusted: chosen } = chooseTargets(batch, tree, matcher);
  const gone = findGone(batch, tree, matcher);
  const kept = [...tree.all()].filter(one => one.active !== false && matcher.isKept(one)).length;
  const toNew = (target: Target) => toNewLocation(target, batch.mark);
  const sequence = sequenceChanges(targets, tree, toNew, batch.mark);
  const links: LocationUpdate[] = [];
  for (const [id, mapped] of own) {
    const changes = diffOwn(tree.get(id)!, mapped, batch.mark);
    if (Object.keys(changes).length > 0) links.push({ id, changes });
  }
  const closed = [...targets.values()]
    .filter(({ mapped, existing: now }) => now && !mapped.active)
    .map(({ id }) => id);
  const wanted = [...closing, ...closed, ...gone];
  // A parent is deactivated after its children, which may be in a later part of the tree.
  const { deactivations, adjusted } = batch.next
    ? { deactivations: [], adjusted: [] }
    : planDeactivations(wanted, tree);
  const restored = sequence.creates.map(({ id }) => id).filter(id => deleted.has(id));
  const touched = new Set([
    ...[...sequence.before, ...sequence.after].map(({ id }) => id),
    ...sequence.creates.map(({ id }) => id),
    ...deactivations,
  ]);
  return {
    ...sequence,
    after: [...sequence.after, ...links],
    linked: new Set(links.map(({ id }) => id)),
    deactivations,
    closing: batch.next ? wanted.filter(id => tree.get(id)?.active !== false) : [],
    kept,
    isForeign: gone.length === kept && kept > 1 && targets.size > 0,
    targets,
    restored: new Set(restored),
    unchanged: [...targets.keys()].filter(id => !touched.has(id)).length + own.size - links.length,
    rejected: [...rejected, ...sequence.stuck.map(stuckBelow)],
    adjusted: [...chosen, ...restored.map(restoredRow), ...adjusted],
    tree,
  };
}

function restoredRow(id: string): Adjusted {
  const message =
    'The location was deleted in Go.Data. DHIS2 still has its org unit, so it is restored.';
  return { kind: 'location', id, code: 'RESTORED', message };
}

function stuckBelow({ mapped: { id, parent } }: Target): Rejected {
  const message = `The new parent ${parent} is below the location and could not be moved.`;
  return { kind: 'location', id, code: 'PARENT_BELOW', message };
}

/**
 * Finds locations whose org unit no longer exists. Only locations with the mark count: others were
 * made or copied by users, or belong to another DHIS2. With chosen roots, only locations below them
 * count.
 */
function findGone(
  { allIds, roots }: MappedLocationBatch,
  tree: LocationTree,
  { markOf, find, isKept }: Matcher,
): string[] {
  if (!allIds) return [];
  const present = new Set(allIds);
  const tops = new Set(roots.flatMap(root => find(root)?.id ?? []));
  return [...tree.all()]
    .filter(location => {
      const orgUnit = markOf(location);
      const isGone = orgUnit !== undefined && !present.has(orgUnit) && isKept(location);
      return isGone && location.active !== false;
    })
    .filter(({ id }) => roots.length === 0 || isBelowAny(id, tops, tree))
    .map(({ id }) => id);
}

function isBelowAny(id: string, tops: ReadonlySet<string>, tree: LocationTree): boolean {
  const seen = new Set<string>();
  for (let at: string | null | undefined = id; at && !seen.has(at); ) {
    if (tops.has(at)) return true;
    seen.add(at);
    at = tree.get(at)?.parentLocationId;
  }
  return false;
}
