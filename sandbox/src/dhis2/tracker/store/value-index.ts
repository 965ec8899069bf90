import type { TrackedEntity } from '../types.js';

/** The tracked entities by their values of unique attributes. */
export class ValueIndex {
  private readonly holders = new Map<string, Set<string>>();

  /** @param isUnique whether an attribute's values are indexed */
  constructor(private readonly isUnique: (attribute: string) => boolean) {}

  /** The tracked entities with a value, without deleted ones: their values can be used again. */
  list(attribute: string, value: string): readonly string[] {
    return [...(this.holders.get(`${attribute} ${value}`) ?? [])];
  }

  /** Replaces the indexed version of a tracked entity. */
  put(before: TrackedEntity | undefined, after: TrackedEntity): void {
    if (before && before.attributes === after.attributes && before.deleted === after.deleted)
      return;
    for (const key of this.keysOf(before)) this.holders.get(key)?.delete(after.trackedEntity);
    for (const key of this.keysOf(after)) {
      const holders = this.holders.get(key) ?? new Set();
      this.holders.set(key, holders.add(after.trackedEntity));
    }
  }

  private keysOf(one: TrackedEntity | undefined): string[] {
    if (!one || one.deleted) return [];
    return one.attributes
      .filter(({ attribute }) => this.isUnique(attribute))
      .map(({ attribute, value }) => `${attribute} ${value}`);
  }
}
