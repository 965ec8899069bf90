/** Keys of texts that differ between runs, whatever the day is. */
const BY_FORM = /(^|\.)(expiryDate|serverDate|buildTime|revision|intervalSinceLast\w+)$/;

/** Values that a server generates at random or by counting, by the number of the pair. */
const MADE_VALUES: Readonly<Record<string, RegExp>> = {
  333: /^value$/,
  335: /^\[\]\.(value|key)$/,
};

/** Whether a text is compared by its form only: each digit as 9, each letter as a. */
export function isComparedByForm(pair: string, where: string): boolean {
  return BY_FORM.test(where) || (MADE_VALUES[pair]?.test(where) ?? false);
}

export const formOf = (text: string) => text.replace(/\d/g, '9').replace(/[a-z]/gi, 'a');

/** An address with its query parameters decoded and sorted; another text is returned unchanged. */
export function settleQuery(text: string): string {
  const [path = '', query] = text.split('?', 2);
  if (query === undefined || !/^(https?:|<origin>)/.test(path)) return text;
  return `${path}?${query.split('&').map(decode).sort().join('&')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * A text without the parts that differ between runs. Instants and days of the run, running numbers
 * and hash codes keep their form, with each digit as 9; the address of the server is removed.
 *
 * @param days of the run, `yyyy-MM-dd`: a text with another day came from a client, and is
 * unchanged
 * @param origin of the server, `http://127.0.0.1:4711`
 */
export function settleText(text: string, days: readonly string[], origin: string): string {
  const day = days.join('|');
  const instant = new RegExp(`(${day})(T[\\d:.]+([+-]\\d{4}|Z)?)?`, 'g');
  return text
    .replaceAll(origin, '<origin>')
    .replaceAll('http://dhis2.example.org', '<origin>')
    .replace(instant, found => found.replace(/\d/g, '9'))
    .replace(/"hashCode":\s*-?\d+/g, '"hashCode":9')
    .replace(/\b1[5-9]\d{11}\b/g, '9999999999999')
    .replace(/\b\d+\.\d+ sec\./g, '9.9 sec.');
}
