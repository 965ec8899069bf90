/**
 * Two siblings whose names have the same key are one name to Go.Data, which compares without regard
 * to case (godata FACTS §6). Rather too strict than refused: accents written in two ways are one, too.
 */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
