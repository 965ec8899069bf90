const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A time with seconds as Go.Data stores it, wherever a text may be one: an instant, in UTC if the text
 * names no zone.
 *
 * @returns undefined for any other text
 * @example
 * toInstant('2026-08-21T15:45:00'); // '2026-08-21T15:45:00.000Z'
 */
export function toInstant(text: string): string | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const time = Date.parse(`${text.replace(' ', 'T')}${match[2] ? '' : 'Z'}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
