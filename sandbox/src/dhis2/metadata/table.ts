import type { MetadataObject } from '../types.js';

/** One collection: its objects by id, and what lists of them need, kept until the next edit. */
export class MetadataTable<T extends MetadataObject> {
  private readonly objects: Map<string, T>;
  private all: readonly T[] | undefined;
  private orders = new Map<string, readonly T[]>();

  constructor(objects: readonly T[]) {
    this.objects = new Map(objects.map(object => [object.id, deepFreeze(object)]));
  }

  /** The objects in the order in which they were added. */
  list(): readonly T[] {
    this.all ??= [...this.objects.values()];
    return this.all;
  }

  get(id: string): T | undefined {
    return this.objects.get(id);
  }

  /**
   * All objects in an order, sorted once.
   * @param order names the order
   */
  ordered(order: string, sort: (all: readonly T[]) => readonly T[]): readonly T[] {
    let sorted = this.orders.get(order);
    if (!sorted) {
      sorted = sort(this.list());
      this.orders.set(order, sorted);
    }
    return sorted;
  }

  put(object: T): void {
    this.objects.set(object.id, deepFreeze(object));
    this.forgetLists();
  }

  /** Returns whether the object was there. */
  delete(id: string): boolean {
    this.forgetLists();
    return this.objects.delete(id);
  }

  private forgetLists(): void {
    this.all = undefined;
    this.orders = new Map();
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
