import { sha256 } from '../identity/sha256.js';

/**
 * A hash of what a mapping step was given: rows, tables, options, and the text of functions. It
 * changes when the mapping does. What a function reads from elsewhere in its job is not part of it.
 * The order of keys counts, because the first code of a table wins on the way back.
 *
 * @param description any data
 * @returns 16 hexadecimal digits
 * @example
 * hashMapping({ fields: [{ field: 'gender', attribute: 'oindugucx72', codes: { MALE: 'MALE' } }] });
 */
export function hashMapping(description: unknown): string {
  return sha256(JSON.stringify(plain(description, [])) ?? '').slice(0, 16);
}

/** @param above the objects around it: one that contains itself has no text */
function plain(value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'function') return `function ${String(value).replace(/\s+/g, ' ')}`;
  if (typeof value !== 'object' || value === null) {
    return value === undefined || typeof value === 'bigint' || typeof value === 'symbol'
      ? String(value)
      : value;
  }
  if (above.includes(value)) return 'above';
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map(item => plain(item, inside));
  // Jobs run in a realm of their own: `instanceof` does not know their objects.
  const type = Object.prototype.toString.call(value).slice(8, -1);
  if (type === 'RegExp' || type === 'Date') return String(value);
  const items = type === 'Map' || type === 'Set' ? (value as Iterable<unknown>) : undefined;
  if (items) return Array.from(items, item => plain(item, inside));
  return { entries: Object.entries(value).map(([key, part]) => [key, plain(part, inside)]) };
}
