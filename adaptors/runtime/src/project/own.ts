/** The value of a name that a user gives. Every object has more than its own keys: `constructor`... */
export function ownOf<T>(
  table: Readonly<Record<string, T>> | null | undefined,
  name: string,
): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}
