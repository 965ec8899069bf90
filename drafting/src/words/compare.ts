import { squeezed, wordsOf } from './plain.js';

/**
 * How well the words of a name fit a phrase: all that tell something, some of them, or none.
 *
 * @param beginnings words that names of the program begin with
 */
export function compare(
  name: string,
  phrase: string,
  beginnings: ReadonlySet<string>,
): 'all' | 'part' | 'none' {
  const words = wordsOf(name);
  const wanted = wordsOf(phrase);
  const telling = words.filter(word => !beginnings.has(word));
  const rest = telling.length > 0 ? telling : words;
  if (squeezed(rest.join('')) === squeezed(wanted.join(''))) return 'all';
  if (!wanted.every(word => words.includes(word))) return 'none';
  return rest.every(word => wanted.includes(word)) ? 'all' : 'part';
}
