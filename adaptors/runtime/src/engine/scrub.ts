/**
 * Removes the query string and the user part from every URL in a text: old Go.Data clients send
 * their token in the query (godata FACTS; openfn FACTS §8), and a log may be kept longer than the
 * token is secret.
 *
 * @example
 * scrubUrls('GET https://a.org/api/x?access_token=1 failed'); // 'GET https://a.org/api/x?... failed'
 */
export function scrubUrls(text: string): string {
  return text
    .replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#"']+@/gi, '$1')
    .replace(/((?:\b[a-z][a-z\d+.-]*:\/\/|(?<![^\s"'`(=])\/)[^\s?#"']+)\?[^\s"']+/gi, '$1?...');
}
