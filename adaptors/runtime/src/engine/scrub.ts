/**
 * Takes the query string and the user part out of every URL in a text: Go.Data's old clients send
 * their token in the query (godata FACTS; openfn FACTS §8), and a log outlives it.
 *
 * @example
 * scrubUrls('GET https://a.org/api/x?access_token=1 failed'); // 'GET https://a.org/api/x?... failed'
 */
export function scrubUrls(text: string): string {
  return text
    .replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#"']+@/gi, '$1')
    .replace(/((?:\b[a-z][a-z\d+.-]*:\/\/|(?<![^\s"'`(=])\/)[^\s?#"']+)\?[^\s"']+/gi, '$1?...');
}
