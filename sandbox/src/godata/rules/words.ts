/**
 * A label as the ids of reference data spell it: words and numbers in capitals, joined by `_`
 * (godata FACTS §2.7, r198).
 *
 * @example
 * snakeCase('IgC or IgM'); // 'IG_C_OR_IG_M'
 */
export function snakeCase(label: string): string {
  const plain = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['\u2019]/g, '');
  const words = plain.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+/gu) ?? [];
  return words.join('_').toUpperCase();
}
