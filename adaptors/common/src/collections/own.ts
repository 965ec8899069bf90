/**
 * The value of a key that comes from data. Every object has more than its own keys: a case whose
 * classification is `constructor` would find a function.
 */
export function ownOf<T>(
  table: Readonly<Record<string, T>> | null | undefined,
  key: string,
): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A table for keys that come from data: without a prototype, `__proto__` is a key like any other. */
export function emptyTable<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** Puts a value under a key that comes from data: `__proto__` is a key like any other. */
export function put<T>(table: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') table[key] = value;
  else
    Object.defineProperty(table, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
