import { getOrCreate } from '#common/collections/get-or-create.js';

/** Something that needs a unique text, and the texts that it may get, the best first. */
export interface TextSeeker {
  texts: string[];
}

/**
 * Finds a unique text for each. When several want the same text, each of them gets its next text,
 * not only the second one: their order is random, and the texts must be the same in every run. One
 * without further texts keeps its last text.
 *
 * @param keyOf two texts with the same key are equal
 * @returns for each the texts that are left, the chosen text first
 */
export function distinctTexts<T extends TextSeeker>(
  seekers: readonly T[],
  keyOf: (text: string) => string,
): Map<T, string[]> {
  const left = new Map(seekers.map(seeker => [seeker, seeker.texts]));
  for (;;) {
    const sameText = new Map<string, T[]>();
    for (const [seeker, texts] of left) {
      getOrCreate(sameText, keyOf(texts[0]!), () => [] as T[]).push(seeker);
    }
    const sharing = [...sameText.values()]
      .filter(group => group.length > 1)
      .flat()
      .filter(seeker => left.get(seeker)!.length > 1);
    if (sharing.length === 0) return left;
    for (const seeker of sharing) left.set(seeker, left.get(seeker)!.slice(1));
  }
}
