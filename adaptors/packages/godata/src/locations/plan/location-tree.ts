import { getOrCreate } from '../../../../../common/src/get-or-create.js';
import type { Location } from '../../models.js';
import { nameKey } from '../name-key.js';

/**
 * Go.Data's locations as they are, and, while a plan grows, as they will be. Knows who holds a name
 * among siblings, so that no plan makes two of one name.
 */
export class LocationTree {
  readonly #byId = new Map<string, Location>();
  readonly #children = new Map<string, Set<string>>();
  readonly #holders = new Map<string, Set<string>>();

  constructor(locations: Iterable<Location>) {
    for (const location of locations) this.#add(location);
  }

  get(id: string): Location | undefined {
    return this.#byId.get(id);
  }

  /** Every location, in no particular order. */
  all(): Iterable<Location> {
    return this.#byId.values();
  }

  /** Ids of the locations below one, or at the top. */
  children(parent: string | null): Iterable<string> {
    return this.#children.get(parent ?? '') ?? [];
  }

  /** Ids of the children of a parent that have this name, or this synonym. */
  holders(parent: string | null, name: string): string[] {
    return [...(this.#holders.get(holderKey(parent, name)) ?? [])];
  }

  /** Ids of the children of a parent that have this synonym. */
  synonymHolders(parent: string | null, synonym: string): string[] {
    const key = nameKey(synonym);
    return this.holders(parent, synonym).filter(id =>
      (this.get(id)!.synonyms ?? []).some(word => nameKey(word) === key),
    );
  }

  /** Whether a location lies below another, or is it. */
  isWithin(id: string | null, above: string): boolean {
    const seen = new Set<string>();
    for (let at = id; at && !seen.has(at); at = this.get(at)?.parentLocationId ?? null) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Adds a location, or puts it in the place of the one with its id. */
  put(location: Location): void {
    const before = this.get(location.id);
    if (before) this.#remove(before);
    this.#add(location);
  }

  #add(location: Location): void {
    this.#byId.set(location.id, location);
    const parent = location.parentLocationId ?? null;
    getOrCreate(this.#children, parent ?? '', () => new Set<string>()).add(location.id);
    for (const word of wordsOf(location)) {
      getOrCreate(this.#holders, holderKey(parent, word), () => new Set<string>()).add(location.id);
    }
  }

  #remove(location: Location): void {
    const parent = location.parentLocationId ?? null;
    this.#byId.delete(location.id);
    this.#children.get(parent ?? '')?.delete(location.id);
    for (const word of wordsOf(location)) {
      this.#holders.get(holderKey(parent, word))?.delete(location.id);
    }
  }
}

/** The name of a location and its synonyms: what Go.Data compares siblings by. */
export function wordsOf({ name, synonyms }: Pick<Location, 'name' | 'synonyms'>): string[] {
  return [name, ...(synonyms ?? [])].map(String);
}

function holderKey(parent: string | null, name: string): string {
  return `${parent ?? ''}\n${nameKey(name)}`;
}
