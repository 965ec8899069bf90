/** Keys whose texts differ from run to run, whatever day it is. */
const BY_FORM = /(^|\.)(expiryDate|serverDate|buildTime|revision|intervalSinceLast\w+)$/;

/** Values that a server makes by lot or by counting, by the number of the pair. */
const MADE_VALUES: Readonly<Record<string, RegExp>> = {
  333: /^value$/,
  335: /^\[\]\.(value|key)$/,
};

/** Whether a text is compared by its form only: each digit as 9, each letter as a. */
export function isComparedByForm(pair: string, where: string): boolean {
  return BY_FORM.test(where) || (MADE_VALUES[pair]?.test(where) ?? false);
}

export const formOf = (text: string) => text.replace(/\d/g, '9').replace(/[a-z]/gi, 'a');

/** An address with the parameters of its query plain and in a fixed order; another text as it is. */
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
 * A text without what differs from run to run: instants and days of the run keep their form, each
 * digit of them as 9; running numbers and hash codes likewise; the address of the server is left out.
 *
 * @param days of the run, `yyyy-MM-dd`: what has another day was given by a client, and stays
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
