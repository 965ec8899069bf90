import { getOrCreate } from '#common/collections/get-or-create.js';

/** Something that needs a word of its own, and the words that it may get, the best first. */
export interface Seeker {
  words: string[];
}

/**
 * Finds a word for each that no other has. Of those that want the same, every one gets its next word,
 * not just the second: which one came first is chance, and the words must be the same in every run.
 * Whoever has no more words keeps the last.
 *
 * @param keyOf two words of the same key are the same
 * @returns for each the words that are left to it, beginning with its own
 */
export function distinctWords<T extends Seeker>(
  seekers: readonly T[],
  keyOf: (word: string) => string,
): Map<T, string[]> {
  const left = new Map(seekers.map(seeker => [seeker, seeker.words]));
  for (;;) {
    const rivals = new Map<string, T[]>();
    for (const [seeker, words] of left) {
      getOrCreate(rivals, keyOf(words[0]!), () => [] as T[]).push(seeker);
    }
    const losers = [...rivals.values()]
      .filter(group => group.length > 1)
      .flat()
      .filter(seeker => left.get(seeker)!.length > 1);
    if (losers.length === 0) return left;
    for (const seeker of losers) left.set(seeker, left.get(seeker)!.slice(1));
  }
}
