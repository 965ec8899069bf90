import type { Place } from './import-failures.js';

interface Names {
  byName: Map<string, string[]>;
  bySynonym: Map<string, string[]>;
}

/** Which siblings in a file have a name or a synonym in common, whatever the case. */
export class SiblingNames {
  readonly #placeOf: (id: string) => Place | undefined;
  readonly #lists = new Map<readonly string[], Names>();

  /** @param placeOf the location of an id */
  constructor(placeOf: (id: string) => Place | undefined) {
    this.#placeOf = placeOf;
  }

  /**
   * The siblings with the name of a location, and those with one of its synonyms.
   *
   * @param siblings ids of all children of one parent, always the same list for the same parent
   */
  twins(id: string, siblings: readonly string[]): { name: Place[]; synonyms: Place[] } {
    const { byName, bySynonym } = this.#namesOf(siblings);
    const { name, synonyms } = namesOf(this.#placeOf(id));
    const others = (ids: Iterable<string>) =>
      [...ids].filter(one => one !== id).map(one => this.#placeOf(one) as Place);
    const sharing = new Set(synonyms.flatMap(synonym => bySynonym.get(synonym) ?? []));
    return { name: others(byName.get(name ?? '') ?? []), synonyms: others(sharing) };
  }

  #namesOf(siblings: readonly string[]): Names {
    const known = this.#lists.get(siblings);
    if (known) return known;
    const names: Names = { byName: new Map(), bySynonym: new Map() };
    for (const id of new Set(siblings)) {
      const { name, synonyms } = namesOf(this.#placeOf(id));
      if (name !== undefined) addTo(names.byName, name, id);
      for (const synonym of new Set(synonyms)) addTo(names.bySynonym, synonym, id);
    }
    this.#lists.set(siblings, names);
    return names;
  }
}

function namesOf(place: Place | undefined): { name: string | undefined; synonyms: string[] } {
  const { name, synonyms } = place?.location ?? {};
  return {
    name: typeof name === 'string' ? name.toLowerCase() : undefined,
    synonyms: Array.isArray(synonyms) ? synonyms.map(one => String(one).toLowerCase()) : [],
  };
}

function addTo(groups: Map<string, string[]>, key: string, id: string): void {
  const group = groups.get(key);
  if (group) group.push(id);
  else groups.set(key, [id]);
}
