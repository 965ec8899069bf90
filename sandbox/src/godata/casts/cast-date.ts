/**
 * Reads a date as the server's models do: `new Date(value)` on a server in UTC. Texts that are not
 * ISO dates are read as JavaScript does: `01/05/2020` is 5 January, 30 February is 1 March
 * (loopback-datasource-juggler 3.36.1, the library of these models; godata FACTS §4).
 *
 * @param value any JSON value but null
 * @returns the instant; undefined for anything that is not a date
 */
export function castDate(value: unknown): string | undefined {
  const time = typeof value === 'string' ? readText(value) : readOther(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A list is read as the text of its members; a number is milliseconds; true is 1 millisecond. */
function readOther(value: unknown): number {
  if (typeof value === 'object') return readText(String(value));
  return new Date(value as number).getTime();
}

/** This machine's time zone must not matter: a text without a zone is read as UTC. */
function readText(text: string): number {
  const time = new Date(text).getTime();
  const isZoned = /(?:\d:\d.*(?:Z|[+-]\d{2}:?\d{2})|GMT|UTC)$/i.test(text.trim());
  const isIsoDay = /^[+-]?\d{4,6}(?:-\d{2}(?:-\d{2})?)?$/.test(text);
  if (Number.isNaN(time) || isIsoDay || isZoned) return time;
  return time - new Date(time).getTimezoneOffset() * 60_000;
}
