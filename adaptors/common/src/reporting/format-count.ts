/** `1234567` → `1,234,567`, the same on every machine. By hand: Intl takes 25 ms to begin. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
