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
  private readonly byName = new TextIndex();
  private readonly bySynonym = new TextIndex();

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
    return this.byName.idsOf(placeKey(parent, name));
  }

  /** Ids of the children of a parent that have this synonym. */
  withSynonym(parent: string | null, synonym: string): string[] {
    return this.bySynonym.idsOf(placeKey(parent, synonym));
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
    this.byName.add(placeKey(parent, String(location.name)), location.id);
    for (const text of location.synonyms ?? [])
      this.bySynonym.add(placeKey(parent, String(text)), location.id);
  }

  private remove(location: Location): void {
    const parent = location.parentLocationId ?? null;
    this.byId.delete(location.id);
    this.childrenOf.get(parent ?? '')?.delete(location.id);
    this.byName.remove(placeKey(parent, String(location.name)), location.id);
    for (const text of location.synonyms ?? [])
      this.bySynonym.remove(placeKey(parent, String(text)), location.id);
  }
}

/** Ids by text. Nearly every text has one id: a set for each would take most of the memory. */
class TextIndex {
  private readonly ids = new Map<string, string | Set<string>>();

  idsOf(text: string): string[] {
    const held = this.ids.get(text);
    return held === undefined ? [] : typeof held === 'string' ? [held] : [...held];
  }

  add(text: string, id: string): void {
    const held = this.ids.get(text);
    if (held === undefined) this.ids.set(text, id);
    else if (typeof held !== 'string') held.add(id);
    else if (held !== id) this.ids.set(text, new Set([held, id]));
  }

  remove(text: string, id: string): void {
    const held = this.ids.get(text);
    if (held === id) this.ids.delete(text);
    else if (typeof held === 'object') held.delete(id);
  }
}

/** The key of a name or synonym among the children of a parent. */
export function placeKey(parent: string | null, text: string): string {
  return `${parent ?? ''}\n${nameKey(text)}`;
}
