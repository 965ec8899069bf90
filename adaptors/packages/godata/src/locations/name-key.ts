/**
 * The key by which names of siblings are compared. Go.Data ignores case (godata FACTS §6). This key
 * also ignores the two ways to encode an accent: it is stricter than Go.Data, so that no name is
 * refused.
 */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
