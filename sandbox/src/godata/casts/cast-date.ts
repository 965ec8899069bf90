/**
 * A date as the server's models take it: `new Date(value)` on a server in UTC. Texts that are no ISO
 * date are read in whatever way JavaScript finds: `01/05/2020` is 5 January, 30 February is 1 March
 * (loopback-datasource-juggler 3.36.1, the library of these models; godata FACTS §4).
 *
 * @param value any JSON value but null
 * @returns the instant; undefined for what is no date
 */
export function castDate(value: unknown): string | undefined {
  const time = typeof value === 'string' ? readText(value) : readOther(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A list is the text of its members; numbers are milliseconds; true is one of them. */
function readOther(value: unknown): number {
  if (typeof value === 'object') return readText(String(value));
  return new Date(value as number).getTime();
}

/** The zone of this machine must not count: where a text names none, it is read as UTC. */
function readText(text: string): number {
  const time = new Date(text).getTime();
  const isZoned = /(?:\d:\d.*(?:Z|[+-]\d{2}:?\d{2})|GMT|UTC)$/i.test(text.trim());
  const isIsoDay = /^[+-]?\d{4,6}(?:-\d{2}(?:-\d{2})?)?$/.test(text);
  if (Number.isNaN(time) || isIsoDay || isZoned) return time;
  return time - new Date(time).getTimezoneOffset() * 60_000;
}
