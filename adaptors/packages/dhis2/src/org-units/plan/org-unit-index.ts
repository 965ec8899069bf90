import type { OrgUnitNode } from '../tree.js';
import type { OrgUnitChanges } from './changes.js';

/** The properties that are read of every org unit: its position, and what identifies it. */
export interface KnownOrgUnit extends OrgUnitNode {
  name?: string;
  code?: string | null;
}

/**
 * DHIS2's org units: the current ones, and while a plan is made, the planned ones. It finds org
 * units by code, which is unique (error E5003), and knows which are below which.
 */
export class OrgUnitIndex {
  private readonly byId = new Map<string, KnownOrgUnit>();
  private readonly byCode = new Map<string, string>();

  constructor(units: Iterable<KnownOrgUnit>) {
    for (const unit of units) this.put(unit);
  }

  get(id: string): KnownOrgUnit | undefined {
    return this.byId.get(id);
  }

  withCode(code: string): KnownOrgUnit | undefined {
    const id = this.byCode.get(code);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** Whether an org unit is another one or is below it. */
  isWithin(id: string, above: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at && !seen.has(at); at = this.get(at)?.parent?.id) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Adds an org unit, or replaces the one with its id. */
  put(unit: KnownOrgUnit): void {
    const before = this.get(unit.id);
    if (before?.code && this.byCode.get(before.code) === unit.id) this.byCode.delete(before.code);
    this.byId.set(unit.id, unit);
    if (unit.code) this.byCode.set(unit.code, unit.id);
  }

  /** Applies changes to an org unit, as far as the index has the properties. */
  change(id: string, { name, code, parent }: OrgUnitChanges): void {
    this.put({
      ...this.get(id)!,
      ...(name === undefined ? {} : { name }),
      ...(code === undefined ? {} : { code }),
      ...(parent === undefined ? {} : { parent: parent === null ? null : { id: parent } }),
    });
  }
}
