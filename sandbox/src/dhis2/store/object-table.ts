/**
 * Objects by id, and results that are computed from them and kept until the next change. Objects
 * are frozen.
 */
export class ObjectTable<T extends object> {
  private readonly objects: Map<string, T>;
  private derivations = new Map<string, unknown>();

  constructor(
    objects: readonly T[],
    private readonly idOf: (object: T) => string,
  ) {
    this.objects = new Map(objects.map(object => [idOf(object), deepFreeze(object)]));
  }

  /** The objects in the order in which they were added. */
  list(): readonly T[] {
    return this.derived('list', () => [...this.objects.values()]);
  }

  get(id: string): T | undefined {
    return this.objects.get(id);
  }

  /**
   * A result that is computed from all objects, once until the next change.
   *
   * @param name of the result, the same for the same `make`
   * @example
   * table.derived('by name', () => orderByName(table.list()));
   */
  derived<R>(name: string, make: () => R): R {
    if (!this.derivations.has(name)) this.derivations.set(name, make());
    return this.derivations.get(name) as R;
  }

  put(object: T): void {
    this.objects.set(this.idOf(object), deepFreeze(object));
    this.derivations = new Map();
  }

  /** Returns whether the object existed. */
  delete(id: string): boolean {
    this.derivations = new Map();
    return this.objects.delete(id);
  }
}

/** Groups objects by their owner, and keeps their order. */
export function groupBy<T>(
  objects: readonly T[],
  keyOf: (object: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const key = keyOf(object);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(object);
    else groups.set(key, [object]);
  }
  return groups;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
