import type {
  MappedLocation,
  MappedLocationBatch,
} from '#common/handover/mapped-location-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { Location } from '../../client/requests/locations.js';
import type { LocationTree } from './location-tree.js';
import type { Matcher, Target } from './match.js';
import { NamesByHand } from './names-by-hand.js';

/** The locations for the org units of a batch. */
export interface Targets {
  /** By location id, parents before children. */
  targets: Map<string, Target>;
  /** Locations that Go.Data owns, by id, with the org units that were made from them. */
  own: Map<string, MappedLocation>;
  rejected: Rejected[];
  adjusted: Adjusted[];
}

/**
 * Finds for each org unit its location, or the place for a new one. An org unit is rejected when
 * its parent does not exist, or when a location made by hand has its name. A synonym that users
 * gave to a sibling is omitted.
 */
export function chooseTargets(
  batch: MappedLocationBatch,
  tree: LocationTree,
  matcher: Matcher,
): Targets {
  const found = placeAll(batch, tree, matcher);
  const texts = new NamesByHand(tree, matcher, found.targets);
  const targets = new Map<string, Target>();
  const refused = new Set<string>();
  const adjusted = findCopies(batch, tree, matcher);
  for (const target of found.targets.values()) {
    const { id, mapped, parentLocationId, existing } = target;
    const holder = texts.nameHolderOf(target, mapped.name);
    if (holder) found.reject(mapped.id, 'NAME_TAKEN', nameTaken(mapped, holder));
    else if (parentLocationId !== null && refused.has(parentLocationId)) {
      found.reject(mapped.id, 'PARENT_NOT_THERE', parentNotThere(mapped));
    } else {
      const synonyms = mapped.synonyms.filter(text => !texts.synonymHolderOf(target, text));
      const isLess = synonyms.length < mapped.synonyms.length;
      if (isLess) adjusted.push(synonymTaken(mapped));
      targets.set(id, isLess ? { ...target, mapped: { ...mapped, synonyms } } : target);
      continue;
    }
    // An existing location stays, and the locations below it are planned.
    if (!existing) refused.add(id);
  }
  return { targets, own: found.own, rejected: found.rejected, adjusted };
}

/** The existing or new place of each org unit's location. */
function placeAll(batch: MappedLocationBatch, tree: LocationTree, matcher: Matcher) {
  const targets = new Map<string, Target>();
  const owned = new Map<string, MappedLocation>();
  const locationOf = new Map<string, string>();
  const rejected: Rejected[] = [];
  const reject = (id: string, code: string, message: string) => {
    rejected.push({ kind: 'location', id, code, message });
  };
  const free = (location: Location | undefined) =>
    location && !targets.has(location.id) ? location : undefined;
  for (const mapped of batch.locations) {
    const { id, parent } = mapped;
    const origin = matcher.findOrigin(mapped);
    if (origin) {
      // Go.Data owns this location. When it is deleted there, it stays deleted.
      if (!tree.get(origin.id)) continue;
      locationOf.set(id, origin.id);
      owned.set(origin.id, mapped);
      continue;
    }
    const own = free(matcher.find(id));
    const parentLocationId =
      parent === undefined
        ? topFor(own, tree, matcher)
        : (locationOf.get(parent) ?? matcher.find(parent)?.id);
    if (parentLocationId === undefined) {
      reject(id, 'PARENT_NOT_THERE', parentNotThere(mapped));
      continue;
    }
    const existing = own ?? free(matcher.findByHand(mapped, parentLocationId));
    const target: Target = {
      id: existing?.id ?? id,
      mapped,
      parentLocationId,
      ...(existing ? { existing } : {}),
    };
    locationOf.set(id, target.id);
    targets.set(target.id, target);
  }
  return { targets, own: owned, rejected, reject };
}

/** The parent of a root: none, unless users moved it below a location that they made. */
function topFor(root: Location | undefined, tree: LocationTree, matcher: Matcher): string | null {
  const above = root?.parentLocationId ? tree.get(root.parentLocationId) : undefined;
  return above && !matcher.isKept(above) ? above.id : null;
}

/** Locations with the mark of an org unit that has a different location: a user copied them. */
function findCopies(
  { locations }: MappedLocationBatch,
  tree: LocationTree,
  { markOf, find, isKept, isOrigin }: Matcher,
): Adjusted[] {
  const inBatch = new Set(locations.map(({ id }) => id));
  return [...tree.all()].flatMap(location => {
    const orgUnit = markOf(location);
    if (orgUnit === undefined || !inBatch.has(orgUnit)) return [];
    if (isKept(location) || isOrigin(location)) return [];
    return [markedTwice(location.id, orgUnit, find(orgUnit)!.id)];
  });
}

function nameTaken({ name }: MappedLocation, { id }: Location): string {
  return `Location ${id}, made by hand, has the name "${name}" under the same parent. Rename it, or let the mapping link them.`;
}

function parentNotThere({ parent }: MappedLocation): string {
  return `The location of its parent ${parent} is not in Go.Data.`;
}

function synonymTaken({ id }: MappedLocation): Adjusted {
  const message = 'A sibling made by hand has one of its synonyms. The synonym is omitted.';
  return { kind: 'location', id, code: 'SIBLING_SYNONYM', message };
}

function markedTwice(id: string, orgUnit: string, kept: string): Adjusted {
  const message = `The location has the mark of org unit ${orgUnit}, whose location is ${kept}. It was not changed.`;
  return { kind: 'location', id, code: 'MARKED_TWICE', message };
}
