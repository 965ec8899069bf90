/** One key to sort by. */
export interface SortKey<T> {
  read: (object: T) => string | number;
  isDescending: boolean;
}

/** Sorted objects. Each key is read once per object, and equal objects keep their order. */
export function sortBy<T>(objects: readonly T[], sortKeys: readonly SortKey<T>[]): T[] {
  const rows = objects.map(object => ({ object, keys: sortKeys.map(({ read }) => read(object)) }));
  const signs = sortKeys.map(({ isDescending }) => (isDescending ? -1 : 1));
  rows.sort((a, b) => {
    for (const [index, sign] of signs.entries()) {
      const [left, right] = [a.keys[index]!, b.keys[index]!];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
  return rows.map(({ object }) => object);
}
