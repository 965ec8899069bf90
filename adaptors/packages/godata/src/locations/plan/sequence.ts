import type { Location } from '../../models.js';
import { nameKey } from '../name-key.js';
import { diffLocation, type LocationChanges } from './diff.js';
import type { LocationTree } from './location-tree.js';
import type { Target } from './match.js';

/** One change of a location that is there. */
export interface LocationUpdate {
  id: string;
  changes: LocationChanges;
  /** Makes way for another location for a moment; what the location should be follows. */
  isPassing?: true;
}

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

  function change(id: string, changes: LocationChanges, isPassing?: true): void {
    updates.push({ id, changes, ...(isPassing ? { isPassing } : {}) });
    tree.put({ ...tree.get(id)!, ...changes });
  }

  function makeWay({ id, parentLocationId: parent, mapped }: Target): void {
    vacate(id, mapped.name, () => tree.holders(parent, mapped.name));
    for (const word of mapped.synonyms) vacate(id, word, () => tree.synonymHolders(parent, word));
  }

  function vacate(forId: string, word: string, findHolders: () => string[]): void {
    for (const id of findHolders()) {
      if (id === forId) continue;
      const target = targets.get(id);
      if (target && !settled.has(id) && !visiting.has(id) && canSettle(target)) settle(target);
      if (findHolders().includes(id)) change(id, passing(tree.get(id)!, word), true);
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

/** Takes a word from a location: its name, or a synonym. */
function passing({ id, name, synonyms }: Location, taken: string): LocationChanges {
  const key = nameKey(taken);
  const kept = (synonyms ?? []).filter(word => nameKey(word) !== key);
  return {
    ...(nameKey(name) === key ? { name: `${name} (${id})` } : {}),
    ...(kept.length === (synonyms ?? []).length ? {} : { synonyms: kept }),
  };
}
