import type { Location } from '../../client/requests/locations.js';
import { nameKey } from '../name-key.js';
import { diffLocation, type LocationChanges } from './diff.js';
import type { LocationTree } from './location-tree.js';
import type { Target } from './match.js';

/** A change of an existing location. */
export interface LocationUpdate {
  id: string;
  changes: LocationChanges;
}

/**
 * Maximum number of locations that may wait for each other's names. A longer chain could overflow
 * the call stack.
 */
const MAX_WAITING = 200;

/** Updates and creations in an order that Go.Data accepts. */
export interface Sequence {
  /** Updates before all creations. They free names that new locations need. */
  before: LocationUpdate[];
  creates: Target[];
  after: LocationUpdate[];
  /**
   * Locations that cannot be moved, because the new parent is below them and is not moved itself.
   */
  stuck: Target[];
}

/**
 * Orders changes so that at no time two siblings have the same name, or a location is below itself.
 * Parents come first. A location with a name that another one needs changes before that one. When
 * locations exchange names in a circle, one of them gets a temporary name with its id.
 *
 * @param targets parents before children
 * @param tree the current tree; afterwards, the planned tree
 */
export function sequenceChanges(
  targets: ReadonlyMap<string, Target>,
  tree: LocationTree,
  toNew: (target: Target) => Location,
  mark: string,
): Sequence {
  const settled = new Set<string>();
  const visiting = new Set<string>();
  let updates: LocationUpdate[] = [];

  function change(id: string, changes: LocationChanges): void {
    updates.push({ id, changes });
    tree.put({ ...tree.get(id)!, ...changes });
  }

  function makeWay({ id, parentLocationId: parent, mapped: { name, synonyms } }: Target): void {
    vacate(id, () => tree.named(parent, name), toTemporaryName);
    for (const text of synonyms) {
      const key = nameKey(text);
      vacate(
        id,
        () => tree.withSynonym(parent, text),
        holder => ({ synonyms: holder.synonyms!.filter(one => nameKey(one) !== key) }),
      );
    }
  }

  /**
   * Frees a name: moves the location that has it to its own place, or gives it a temporary name.
   */
  function vacate(
    forId: string,
    findHolders: () => string[],
    giveUp: (holder: Location) => LocationChanges,
  ): void {
    for (const id of findHolders()) {
      if (id === forId) continue;
      const target = targets.get(id);
      const isWaiting = settled.has(id) || visiting.has(id) || visiting.size >= MAX_WAITING;
      if (target && !isWaiting && canSettle(target)) settle(target);
      if (findHolders().includes(id)) change(id, giveUp(tree.get(id)!));
    }
  }

  /** Whether the parent exists and is not below the location. */
  function canSettle({ id, parentLocationId }: Target): boolean {
    if (parentLocationId === null) return true;
    return tree.get(parentLocationId) !== undefined && !tree.isWithin(parentLocationId, id);
  }

  function settle(target: Target): void {
    const { id } = target;
    visiting.add(id);
    let changes = diffLocation(tree.get(id)!, target, mark);
    const { name, parentLocationId, synonyms } = changes;
    if ([name, parentLocationId, synonyms].some(one => one !== undefined)) {
      makeWay(target);
      // Another change may have given it a temporary name in the meantime.
      changes = diffLocation(tree.get(id)!, target, mark);
    }
    if (Object.keys(changes).length > 0) change(id, changes);
    visiting.delete(id);
    settled.add(id);
  }

  const creates = [...targets.values()].filter(({ existing }) => !existing);
  for (const target of creates) makeWay(target);
  const before = updates;
  for (const target of creates) tree.put(toNew(target));
  updates = [];
  const stuck: Target[] = [];
  for (const target of targets.values()) {
    if (!target.existing || settled.has(target.id)) continue;
    if (canSettle(target)) settle(target);
    else stuck.push(target);
  }
  return { before, creates, after: updates, stuck };
}

function toTemporaryName({ id, name }: Location): LocationChanges {
  return { name: `${name} (${id})` };
}
