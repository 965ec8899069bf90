import type { TrackedEntity } from '../types.js';

/** Which tracked entities have a value of an attribute whose values are unique. */
export class ValueIndex {
  private readonly holders = new Map<string, Set<string>>();

  /** @param isUnique whether an attribute's values are looked for */
  constructor(private readonly isUnique: (attribute: string) => boolean) {}

  /** The tracked entities with a value, deleted ones not included: their values are free again. */
  list(attribute: string, value: string): readonly string[] {
    return [...(this.holders.get(`${attribute} ${value}`) ?? [])];
  }

  /** Takes up a tracked entity in place of what it was before. */
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
