import type { Location } from '../../client/requests/locations.js';
import { nameKey } from '../name-key.js';
import { diffLocation, type LocationChanges } from './diff.js';
import type { LocationTree } from './location-tree.js';
import type { Target } from './match.js';

/** One change of a location that is there. */
export interface LocationUpdate {
  id: string;
  changes: LocationChanges;
}

/** Names that may wait for each other in a row; the calls for a longer row would fill the stack. */
const MAX_WAITING = 200;

/** Updates and creations in an order that Go.Data takes. */
export interface Sequence {
  /** Before anything is created: they free names that new locations need. */
  before: LocationUpdate[];
  creates: Target[];
  after: LocationUpdate[];
  /** Cannot move: the new parent lies below, and has not been moved itself. */
  stuck: Target[];
}

/**
 * Puts changes in an order in which no two siblings ever have one name and no location comes to lie
 * below itself. Parents go first. Whoever holds a name that another one needs goes before it, or, where
 * names change places in a circle, takes a passing name with its id.
 *
 * @param targets parents before children
 * @param tree as it is; afterwards, as it will be
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
    vacate(id, () => tree.named(parent, name), toPassingName);
    for (const word of synonyms) {
      const key = nameKey(word);
      vacate(
        id,
        () => tree.withSynonym(parent, word),
        holder => ({ synonyms: holder.synonyms!.filter(one => nameKey(one) !== key) }),
      );
    }
  }

  /** Whoever has a word goes on to its own place, or gives the word up until then. */
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

  /** Its parent must be there, and not below it. */
  function canSettle({ id, parentLocationId }: Target): boolean {
    if (parentLocationId === null) return true;
    return tree.get(parentLocationId) !== undefined && !tree.isWithin(parentLocationId, id);
  }

  function settle(target: Target): void {
    const { id } = target;
    visiting.add(id);
    const { name, parentLocationId, synonyms } = diffLocation(tree.get(id)!, target, mark);
    if ([name, parentLocationId, synonyms].some(one => one !== undefined)) makeWay(target);
    // Another's turn may have given it a passing name meanwhile.
    const changes = diffLocation(tree.get(id)!, target, mark);
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

function toPassingName({ id, name }: Location): LocationChanges {
  return { name: `${name} (${id})` };
}
