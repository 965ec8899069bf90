import { getOrCreate } from './get-or-create.js';

type Table = Readonly<Record<string, string | null>>;

/** The tables that were searched, read from right to left: each is searched many times a person. */
const reversed = new WeakMap<Table, Map<string | null, string>>();

/**
 * The first key of a value in a table of codes, which must not change afterwards; undefined if no key
 * has the value.
 */
export function keyOf(table: Table, value: string | null): string | undefined {
  const keys = getOrCreate(reversed, table, () => {
    const entries = Object.entries(table).map(([key, one]) => [one, key] as const);
    return new Map(entries.reverse());
  });
  return keys.get(value);
}
