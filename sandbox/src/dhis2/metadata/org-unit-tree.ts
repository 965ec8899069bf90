import type { OrgUnit } from './types.js';

/** The position of a unit: its path `/root/…/self`, and the number of units in the path. */
interface Place {
  path: string;
  level: number;
}

const NOWHERE: Place = { path: '', level: 0 };

/**
 * Paths and levels of org units (dhis2 FACTS §3: path is "/root/…/self", level its length). A unit
 * that was moved below itself is kept, as on a server: it exists, but is not below any root (the
 * server's source, OrganisationUnit.getPath; dhis2 LIVE, "Moves of org units").
 */
export class OrgUnitTree {
  private readonly parents = new Map<string, string | undefined>();
  private readonly childIds = new Map<string, Set<string>>();
  private readonly places = new Map<string, Place>();

  constructor(units: readonly OrgUnit[]) {
    for (const unit of units) this.put(unit);
  }

  /**
   * `/root/…/self`; empty for an unknown id. The path of a unit below itself ends before it
   * repeats.
   */
  path(id: string): string {
    return this.placeOf(id).path;
  }

  /** 1 at a root. */
  level(id: string): number {
    return this.placeOf(id).level;
  }

  children(id: string): readonly string[] {
    return [...(this.childIds.get(id) ?? [])];
  }

  hasChildren(id: string): boolean {
    return (this.childIds.get(id)?.size ?? 0) > 0;
  }

  /** Ids of the units above, the root first. */
  ancestors(id: string): string[] {
    return this.path(id).split('/').slice(1, -1);
  }

  /** The unit itself and every one below. */
  subtree(id: string): string[] {
    if (!this.parents.has(id)) return [];
    const ids = new Set([id]);
    // The set grows while it is read: each unit adds its children.
    for (const one of ids) for (const child of this.childIds.get(one) ?? []) ids.add(child);
    return [...ids];
  }

  /** Whether a unit is one of others, or below one of them. */
  isWithin(id: string, others: readonly { id: string }[]): boolean {
    const path = `${this.path(id)}/`;
    return others.some(other => path.includes(`/${other.id}/`));
  }

  /** Whether a unit is below itself, and so not below any root. */
  isAboveItself(id: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined; at = this.parents.get(at)) {
      if (seen.has(at)) return true;
      seen.add(at);
    }
    return false;
  }

  /** Adds a unit, or moves it with all units below it to its parent. */
  put({ id, parent }: OrgUnit): void {
    const before = this.parents.get(id);
    if (this.parents.has(id) && before === parent?.id) return;
    for (const moved of this.subtree(id)) this.places.delete(moved);
    if (before !== undefined) this.childIds.get(before)?.delete(id);
    this.parents.set(id, parent?.id);
    if (!parent) return;
    const siblings = this.childIds.get(parent.id);
    if (siblings) siblings.add(id);
    else this.childIds.set(parent.id, new Set([id]));
  }

  /** Removes a unit that has no children. */
  remove(id: string): void {
    const parent = this.parents.get(id);
    if (parent !== undefined) this.childIds.get(parent)?.delete(id);
    this.parents.delete(id);
    this.places.delete(id);
  }

  private placeOf(id: string): Place {
    let place = this.places.get(id);
    if (place) return place;
    if (this.isAboveItself(id)) return this.placeInCircle(id);
    const line: string[] = [];
    for (let one: string | undefined = id; !place && one !== undefined; ) {
      if (!this.parents.has(one)) return NOWHERE;
      line.push(one);
      one = this.parents.get(one);
      place = one === undefined ? undefined : this.places.get(one);
    }
    place ??= NOWHERE;
    for (const one of line.reverse()) {
      place = { path: `${place.path}/${one}`, level: place.level + 1 };
      this.places.set(one, place);
    }
    return place;
  }

  private placeInCircle(id: string): Place {
    const above = new Set<string>();
    for (let at = this.parents.get(id); at !== undefined && !above.has(at); ) {
      above.add(at);
      at = this.parents.get(at);
    }
    const line = [...above].reverse();
    return { path: `/${[...line, id].join('/')}`, level: line.length + 1 };
  }
}
