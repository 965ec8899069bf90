/**
 * Whether two values of a field, as undo rows hold them, are the same: a server may order the keys
 * of an object anew, and does not tell an empty text or list from none.
 *
 * @example
 * isSameValue('{"lat":1,"lng":2}', '{"lng":2,"lat":1}'); // true
 */
export function isSameValue(a: string | null, b: string | null): boolean {
  return toComparable(a) === toComparable(b);
}

function toComparable(text: string | null): string {
  if (text === null || text === '' || text === '[]') return '';
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, part]) => [key, sorted(part)]);
}
