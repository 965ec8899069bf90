import type { LocationBatch, MappedLocation } from '../../../../../common/src/location-batch.js';
import type { Adjusted, Rejected } from '../../../../../common/src/report.js';
import type { Location } from '../../models.js';
import type { LocationTree } from './location-tree.js';
import type { Matcher, Target } from './match.js';
import { WordsByHand } from './words-by-hand.js';

/** What the org units of a batch mean in Go.Data. */
export interface Targets {
  /** By location id; parents before children. */
  targets: Map<string, Target>;
  rejected: Rejected[];
  adjusted: Adjusted[];
}

/**
 * Finds for each org unit the location that is its own, or the place for a new one. One whose place
 * cannot be had is rejected: its parent is not there, or a location made by hand holds the name. A
 * synonym that people have given to a sibling is left away.
 */
export function chooseTargets(batch: LocationBatch, tree: LocationTree, matcher: Matcher): Targets {
  const found = placeAll(batch, matcher);
  const words = new WordsByHand(tree, matcher, found.targets);
  const targets = new Map<string, Target>();
  const refused = new Set<string>();
  const adjusted: Adjusted[] = [];
  for (const target of found.targets.values()) {
    const { id, mapped, parentLocationId, existing } = target;
    const holder = words.holderOf(target, mapped.name);
    if (holder) found.reject(mapped.id, 'NAME_TAKEN', nameTaken(mapped, holder));
    else if (parentLocationId !== null && refused.has(parentLocationId)) {
      found.reject(mapped.id, 'PARENT_NOT_THERE', parentNotThere(mapped));
    } else {
      const synonyms = mapped.synonyms.filter(word => !words.synonymHolderOf(target, word));
      const isLess = synonyms.length < mapped.synonyms.length;
      if (isLess) adjusted.push(synonymTaken(mapped));
      targets.set(id, isLess ? { ...target, mapped: { ...mapped, synonyms } } : target);
      continue;
    }
    // What is there already stays, and what lies below it goes on.
    if (!existing) refused.add(id);
  }
  return { targets, rejected: found.rejected, adjusted };
}

/** Where each org unit's location is, or would be. */
function placeAll(batch: LocationBatch, matcher: Matcher) {
  const targets = new Map<string, Target>();
  const locationOf = new Map<string, string>();
  const rejected: Rejected[] = [];
  const reject = (id: string, code: string, message: string) => {
    rejected.push({ kind: 'location', id, code, message });
  };
  for (const mapped of batch.locations) {
    const { id, parent } = mapped;
    const parentLocationId =
      parent === undefined ? null : (locationOf.get(parent) ?? matcher.find(parent)?.id);
    if (parentLocationId === undefined) {
      reject(id, 'PARENT_NOT_THERE', parentNotThere(mapped));
      continue;
    }
    const existing = matcher.find(id) ?? matcher.findByHand(mapped, parentLocationId);
    if (existing && targets.has(existing.id)) {
      reject(id, 'NAME_TAKEN', nameTaken(mapped, existing));
      continue;
    }
    const target: Target = {
      id: existing?.id ?? id,
      mapped,
      parentLocationId,
      ...(existing ? { existing } : {}),
    };
    locationOf.set(id, target.id);
    targets.set(target.id, target);
  }
  return { targets, rejected, reject };
}

function nameTaken({ name }: MappedLocation, { id }: Location): string {
  return `Location ${id}, made by hand, has the name or synonym "${name}" under the same parent: rename it, or let the mapping link them.`;
}

function parentNotThere({ parent }: MappedLocation): string {
  return `The location of its parent ${parent} is not in Go.Data.`;
}

function synonymTaken({ id }: MappedLocation): Adjusted {
  const message = 'A location made by hand beside it has one of its synonyms; it is left away.';
  return { kind: 'location', id, code: 'SIBLING_SYNONYM', message };
}
