import type { OrgUnit } from '../types.js';

/** Paths and levels of org units (dhis2 FACTS §3: path is "/root/…/self", level its length). */
export class OrgUnitTree {
  private readonly units: ReadonlyMap<string, OrgUnit>;
  private readonly paths = new Map<string, string>();
  private readonly childIds = new Map<string, string[]>();

  constructor(units: readonly OrgUnit[]) {
    this.units = new Map(units.map(unit => [unit.id, unit]));
    for (const { id, parent } of units) {
      if (parent) this.childIds.set(parent.id, [...(this.childIds.get(parent.id) ?? []), id]);
    }
  }

  /** `/root/…/self`; empty for an unknown id. */
  path(id: string): string {
    const known = this.paths.get(id);
    if (known !== undefined) return known;
    const unit = this.units.get(id);
    if (!unit) return '';
    const path = `${unit.parent ? this.path(unit.parent.id) : ''}/${id}`;
    this.paths.set(id, path);
    return path;
  }

  /** 1 at a root. */
  level(id: string): number {
    return this.path(id).split('/').length - 1;
  }

  children(id: string): readonly string[] {
    return this.childIds.get(id) ?? [];
  }

  /** Ids of the units above, the root first. */
  ancestors(id: string): string[] {
    return this.path(id).split('/').slice(1, -1);
  }

  /** The unit itself and every one below. */
  subtree(id: string): string[] {
    return this.units.has(id)
      ? [id, ...this.children(id).flatMap(child => this.subtree(child))]
      : [];
  }

  /** Whether a unit is one of others, or below one of them. */
  isWithin(id: string, others: readonly { id: string }[]): boolean {
    const path = `${this.path(id)}/`;
    return others.some(other => path.includes(`/${other.id}/`));
  }
}
