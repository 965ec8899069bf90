/** Number of single-letter edits between two words. */
function distance(a: string, b: string): number {
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
 * ` Did you mean x?` if one of the words is close to what was typed, else an empty text.
 *
 * @example
 * suggest('cases-to-datavalues', ['cases-to-data-values']); // ' Did you mean cases-to-data-values?'
 */
export function suggest(typed: string, words: string[]): string {
  const best = words
    .map(word => ({ word, edits: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return best && best.edits <= Math.max(2, best.word.length / 3)
    ? ` Did you mean ${best.word}?`
    : '';
}
