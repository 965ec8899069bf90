/** Everything between two blanks or quotes. */
const WORD = /[^\s"']+/g;
/** A scheme is short (the longest registered one has 36 signs); without a limit the search is quadratic. */
const USER = /\b([a-z][a-z\d+.-]{0,40}:\/\/)[^\s/?#"']+@/gi;
/** Where a URL begins, or a path: the latter at the beginning of the word, or behind one of these. */
const BEGINNING = /\b[a-z][a-z\d+.-]{0,40}:\/\/\S|(?<![^`(=])\/\S/i;

/**
 * Removes the query string and the user part from every URL in a text: old Go.Data clients send
 * their token in the query (godata FACTS; openfn FACTS §8), and a log may be kept longer than the
 * token is secret. Its time grows with the length of the text, not with its square.
 *
 * @example
 * scrubUrls('GET https://a.org/api/x?access_token=1 failed'); // 'GET https://a.org/api/x?... failed'
 */
export function scrubUrls(text: string): string {
  return text.replace(USER, '$1').replace(WORD, withoutQuery);
}

/** A word without the query of the URL or path that it holds. */
function withoutQuery(word: string): string {
  // A question mark at the end of a word ends a sentence.
  const end = word.length - 1;
  for (let from = 0, mark = word.indexOf('?'); mark >= 0 && mark < end; ) {
    const since = word.slice(from, mark);
    const part = since.slice(since.lastIndexOf('#') + 1);
    // Behind a fragment or another mark only a whole URL begins anew.
    const begins = BEGINNING.test(part.length === mark ? part : `#${part}`);
    if (begins) return `${word.slice(0, mark)}?...`;
    from = mark + 1;
    mark = word.indexOf('?', from);
  }
  return word;
}
