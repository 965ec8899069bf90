import { getOrCreate } from '#common/collections/get-or-create.js';
import type { Location } from '../../client/requests/locations.js';
import { nameKey } from '../name-key.js';

/**
 * Go.Data's locations: the current ones, and while a plan is made, the planned ones. It finds
 * siblings by name and by synonym, so that no plan creates a duplicate. A name may equal a synonym
 * of a sibling: Go.Data accepts that (godata FACTS §6).
 */
export class LocationTree {
  private readonly byId = new Map<string, Location>();
  private readonly childrenOf = new Map<string, Set<string>>();
  private readonly byName = new Map<string, Set<string>>();
  private readonly bySynonym = new Map<string, Set<string>>();

  constructor(locations: Iterable<Location>) {
    for (const location of locations) this.add(location);
  }

  get(id: string): Location | undefined {
    return this.byId.get(id);
  }

  /** All locations, in no particular order. */
  all(): Iterable<Location> {
    return this.byId.values();
  }

  /** Ids of the children of a location, or of the roots. */
  children(parent: string | null): Iterable<string> {
    return this.childrenOf.get(parent ?? '') ?? [];
  }

  /** Ids of the children of a parent that have this name. */
  named(parent: string | null, name: string): string[] {
    return [...(this.byName.get(placeKey(parent, name)) ?? [])];
  }

  /** Ids of the children of a parent that have this synonym. */
  withSynonym(parent: string | null, synonym: string): string[] {
    return [...(this.bySynonym.get(placeKey(parent, synonym)) ?? [])];
  }

  /** Whether a location is another one or is below it. */
  isWithin(id: string | null, above: string): boolean {
    const seen = new Set<string>();
    for (let at = id; at && !seen.has(at); at = this.get(at)?.parentLocationId ?? null) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Adds a location, or replaces the one with its id. */
  put(location: Location): void {
    const before = this.get(location.id);
    if (before) this.remove(before);
    this.add(location);
  }

  private add(location: Location): void {
    const parent = location.parentLocationId ?? null;
    this.byId.set(location.id, location);
    getOrCreate(this.childrenOf, parent ?? '', () => new Set<string>()).add(location.id);
    for (const [holders, text] of this.textsOf(location)) {
      getOrCreate(holders, placeKey(parent, text), () => new Set<string>()).add(location.id);
    }
  }

  private remove(location: Location): void {
    const parent = location.parentLocationId ?? null;
    this.byId.delete(location.id);
    this.childrenOf.get(parent ?? '')?.delete(location.id);
    for (const [holders, text] of this.textsOf(location)) {
      holders.get(placeKey(parent, text))?.delete(location.id);
    }
  }

  private textsOf({ name, synonyms }: Location) {
    const others = (synonyms ?? []).map(text => [this.bySynonym, String(text)] as const);
    return [[this.byName, String(name)] as const, ...others];
  }
}

/** The key of a name or synonym among the children of a parent. */
export function placeKey(parent: string | null, text: string): string {
  return `${parent ?? ''}\n${nameKey(text)}`;
}
