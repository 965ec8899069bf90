import type { OrgUnitNode } from '../tree.js';
import type { OrgUnitChanges } from './changes.js';

/** The little of an org unit that is read of all: where it stands, and what it is found by. */
export interface KnownOrgUnit extends OrgUnitNode {
  name?: string;
  code?: string | null;
}

/**
 * DHIS2's org units as they are, and, while a plan grows, as they will be. Knows who has a code, which
 * no two org units share (error E5003), and who lies below whom.
 */
export class OrgUnitIndex {
  readonly #byId = new Map<string, KnownOrgUnit>();
  readonly #byCode = new Map<string, string>();

  constructor(units: Iterable<KnownOrgUnit>) {
    for (const unit of units) this.put(unit);
  }

  get(id: string): KnownOrgUnit | undefined {
    return this.#byId.get(id);
  }

  withCode(code: string): KnownOrgUnit | undefined {
    const id = this.#byCode.get(code);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Whether an org unit lies below another, or is it. */
  isWithin(id: string, above: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at && !seen.has(at); at = this.get(at)?.parent?.id) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  }

  /** Adds an org unit, or puts it in the place of the one with its id. */
  put(unit: KnownOrgUnit): void {
    const before = this.get(unit.id);
    if (before?.code && this.#byCode.get(before.code) === unit.id) this.#byCode.delete(before.code);
    this.#byId.set(unit.id, unit);
    if (unit.code) this.#byCode.set(unit.code, unit.id);
  }

  /** Changes an org unit that is there, as far as the index knows of it. */
  change(id: string, { name, code, parent }: OrgUnitChanges): void {
    this.put({
      ...this.get(id)!,
      ...(name === undefined ? {} : { name }),
      ...(code === undefined ? {} : { code }),
      ...(parent === undefined ? {} : { parent: parent === null ? null : { id: parent } }),
    });
  }
}
