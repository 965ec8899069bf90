import type { GoDataRecord, JsonObject } from '../types.js';
import { RecordStore } from './records.js';

/** Locations with the same parent that are not deleted, found without a search through all. */
interface Siblings {
  ids: Set<string>;
  byName: Map<string, Set<string>>;
  bySynonym: Map<string, Set<string>>;
}

/**
 * Locations, with an index of the living ones by parent, name and synonym that every write keeps,
 * so that a tree of 100,000 is written, checked and walked in linear time.
 */
export class LocationStore extends RecordStore {
  // Records are replaced and never changed, so what is stored is what was indexed.
  readonly #byParent = new Map<string | null, Siblings>();

  override put(record: GoDataRecord): GoDataRecord {
    const before = this.get(record.id);
    if (before) this.#unindex(before);
    const stored = super.put(record);
    if (stored.deleted !== true) this.#index(stored);
    return stored;
  }

  /** Locations directly below one, or the roots for null; deleted ones are omitted. */
  children(parentId: string | null): GoDataRecord[] {
    return this.#records(this.#byParent.get(parentId)?.ids);
  }

  /** Locations below a parent with this name, ignoring case. */
  named(parentId: string | null, name: string): GoDataRecord[] {
    return this.#records(this.#byParent.get(parentId)?.byName.get(name.toLowerCase()));
  }

  /** Locations below a parent with this synonym, ignoring case. */
  withSynonym(parentId: string | null, synonym: string): GoDataRecord[] {
    return this.#records(this.#byParent.get(parentId)?.bySynonym.get(synonym.toLowerCase()));
  }

  /** The given ids and those of all locations below them; loops are followed once. */
  withDescendants(ids: readonly string[]): string[] {
    const found = new Set(ids);
    // A set is read in the order of insertion, including members added while it is read.
    for (const id of found) {
      for (const child of this.#byParent.get(id)?.ids ?? []) found.add(child);
    }
    return [...found];
  }

  #records(ids: Iterable<string> = []): GoDataRecord[] {
    return [...ids].map(id => this.get(id) as GoDataRecord);
  }

  #index(location: GoDataRecord): void {
    const parentId = parentOf(location);
    const siblings = this.#byParent.get(parentId) ?? emptySiblings();
    this.#byParent.set(parentId, siblings);
    siblings.ids.add(location.id);
    addTo(siblings.byName, nameOf(location), location.id);
    for (const synonym of synonymsOf(location)) addTo(siblings.bySynonym, synonym, location.id);
  }

  #unindex(location: GoDataRecord): void {
    const siblings = this.#byParent.get(parentOf(location));
    siblings?.ids.delete(location.id);
    siblings?.byName.get(nameOf(location))?.delete(location.id);
    for (const synonym of synonymsOf(location)) {
      siblings?.bySynonym.get(synonym)?.delete(location.id);
    }
  }
}

/** The id of a location's parent; null for a root, however the record says so. */
export function parentOf(location: JsonObject): string | null {
  return (location.parentLocationId || null) as string | null;
}

function nameOf(location: GoDataRecord): string {
  return String(location.name ?? '').toLowerCase();
}

function synonymsOf({ synonyms }: GoDataRecord): string[] {
  if (!Array.isArray(synonyms)) return [];
  return synonyms.filter(one => typeof one === 'string').map(one => one.toLowerCase());
}

function emptySiblings(): Siblings {
  return { ids: new Set(), byName: new Map(), bySynonym: new Map() };
}

function addTo(groups: Map<string, Set<string>>, key: string, id: string): void {
  const group = groups.get(key);
  if (group) group.add(id);
  else groups.set(key, new Set([id]));
}
