/** Number of names that a message lists. */
export const MAX_NEAREST = 10;

/** Number of single-letter edits between two words. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/**
 * The candidates that are most like a mistyped word, nearest first. Capitals and accents do not
 * count, and a candidate that contains the word is near.
 *
 * @param wordsOf the words by which a candidate can be named; the nearest of them counts
 * @returns at most {@link MAX_NEAREST} candidates, all of them if there are no more
 * @example
 * nearest('13-24', ['0-4', '15-24', 'UNKNOWN'], code => [code]); // ['15-24', '0-4', 'UNKNOWN']
 */
export function nearest<T>(
  typed: string,
  candidates: readonly T[],
  wordsOf: (candidate: T) => readonly string[],
): T[] {
  const wanted = plain(typed);
  return candidates
    .map(candidate => {
      const words = wordsOf(candidate).map(plain);
      return { candidate, distance: Math.min(...words.map(word => unlikeness(wanted, word))) };
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAREST)
    .map(({ candidate }) => candidate);
}

function unlikeness(wanted: string, word: string): number {
  if (word === '' || wanted === '') return 1;
  const edits = editDistance(wanted, word) / Math.max(wanted.length, word.length);
  const [short, long] = wanted.length < word.length ? [wanted, word] : [word, wanted];
  return short.length >= 3 && long.includes(short) ? edits / 4 : edits;
}

/** Without capitals and accents. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
