import { editDistance } from '#common/reporting/nearest.js';

/**
 * ` Did you mean x?` if one of the words is close to what was typed, else an empty text.
 *
 * @example
 * suggest('cases-to-datavalues', ['cases-to-data-values']); // ' Did you mean cases-to-data-values?'
 */
export function suggest(typed: string, words: string[]): string {
  const best = words
    .map(word => ({ word, edits: editDistance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return best && best.edits <= Math.max(2, best.word.length / 3)
    ? ` Did you mean ${best.word}?`
    : '';
}
