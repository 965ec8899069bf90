import type { LocationBatch, MappedLocation } from '../../../../../common/src/location-batch.js';
import type { Rejected } from '../../../../../common/src/report.js';
import type { Location } from '../../models.js';
import { nameKey } from '../name-key.js';
import { isLinked, wantedSynonyms } from './diff.js';
import type { LocationTree } from './location-tree.js';
import type { Matcher, Target } from './match.js';

/** What the org units of a batch mean in Go.Data. */
export interface Targets {
  /** By location id; parents before children. */
  targets: Map<string, Target>;
  rejected: Rejected[];
}

/**
 * Finds for each org unit the location that is its own, or the place for a new one. One whose place
 * cannot be had is rejected: its parent is not there, or a location made by hand holds the name.
 */
export function chooseTargets(batch: LocationBatch, tree: LocationTree, matcher: Matcher): Targets {
  const targets = new Map<string, Target>();
  const locationOf = new Map<string, string>();
  const refused = new Set<string>();
  const rejected: Rejected[] = [];
  const reject = (id: string, code: string, message: string) => {
    refused.add(id);
    rejected.push({ kind: 'location', id, code, message });
  };
  for (const mapped of batch.locations) {
    const { id, parent } = mapped;
    const parentLocationId =
      parent === undefined ? null : (locationOf.get(parent) ?? matcher.find(parent)?.id);
    if (parentLocationId === undefined || (parent !== undefined && refused.has(parent))) {
      reject(id, 'PARENT_NOT_THERE', `The location of its parent ${parent} is not in Go.Data.`);
      continue;
    }
    const existing = matcher.find(id) ?? matcher.findByHand(mapped, parentLocationId);
    const isTaken = existing !== undefined && targets.has(existing.id);
    const target: Target = {
      id: existing?.id ?? id,
      mapped,
      parentLocationId,
      ...(existing ? { existing } : {}),
    };
    const holder = isTaken ? existing : holderByHand(target, tree, matcher);
    if (holder) {
      reject(id, 'NAME_TAKEN', nameTaken(mapped, holder));
      // What is there already stays, and what lies below it goes on.
      if (existing && !isTaken) {
        refused.delete(id);
        locationOf.set(id, existing.id);
      }
      continue;
    }
    locationOf.set(id, target.id);
    targets.set(target.id, target);
  }
  return { targets: withoutNamesOfLinked(targets, reject), rejected };
}

/** A location made by hand that has the name at this place, and keeps it. */
function holderByHand(
  { id, mapped, parentLocationId }: Target,
  tree: LocationTree,
  { isKept }: Matcher,
): Location | undefined {
  return tree
    .holders(parentLocationId, mapped.name)
    .map(holder => tree.get(holder)!)
    .find(holder => holder.id !== id && !isKept(holder));
}

/** A linked location keeps the synonyms that people gave it; a sibling cannot have one as its name. */
function withoutNamesOfLinked(
  targets: Map<string, Target>,
  reject: (id: string, code: string, message: string) => void,
): Map<string, Target> {
  const kept = new Map<string, Target>();
  const key = (parent: string | null, word: string) => `${parent ?? ''}\n${nameKey(word)}`;
  for (const target of targets.values()) {
    if (!target.existing || !isLinked(target)) continue;
    for (const word of wantedSynonyms(target.existing, target)) {
      kept.set(key(target.parentLocationId, word), target);
    }
  }
  if (kept.size === 0) return targets;
  const lost = new Set<string>();
  for (const { id, mapped, parentLocationId, existing } of targets.values()) {
    const holder = kept.get(key(parentLocationId, mapped.name));
    if (holder && holder.id !== id) {
      reject(mapped.id, 'NAME_TAKEN', nameTaken(mapped, holder.existing!));
      lost.add(id);
    } else if (!existing && parentLocationId !== null && lost.has(parentLocationId)) {
      reject(
        mapped.id,
        'PARENT_NOT_THERE',
        `The location of its parent ${mapped.parent} is not in Go.Data.`,
      );
      lost.add(id);
    }
  }
  return new Map([...targets].filter(([id]) => !lost.has(id)));
}

function nameTaken({ name }: MappedLocation, { id }: Location): string {
  return `Location ${id}, made by hand, has the name or synonym "${name}" under the same parent: rename it, or let the mapping link them.`;
}
