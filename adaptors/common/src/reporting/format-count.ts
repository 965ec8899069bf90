/** `1234567` → `1,234,567`, the same on every machine. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
