import type { ServerTime } from '../../store/time.js';

const DAY = /^(\d{4})(?:(\d\d)(\d\d)|-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{9}|\d{6}|\d{3,4}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Reads a time of a payload as the server's parser does (dhis2 LIVE 216, 217; recordings 121, 249):
 * years, months, days with or without zeros and hyphens, times of day with or without a zone, and
 * milliseconds since 1970, as number or string.
 *
 * @returns the time as the server writes it; undefined when the text is not a time
 * @example
 * readPayloadTime(time, '20240115'); // 2024-01-15T00:00:00.000
 */
export function readPayloadTime(time: ServerTime, text: string): string | undefined {
  const [, year, flatMonth, flatDay, month = flatMonth, day = flatDay] = DAY.exec(text) ?? [];
  if (year !== undefined) return localTime(year, month, day);
  const parts = TIME.exec(text);
  if (parts) {
    const [, ofYear, ofMonth, ofDay, hour = '0', minute = '0', second = '0', fraction, zone] =
      parts;
    const local = localTime(ofYear!, ofMonth, ofDay, [hour, minute, second], fraction);
    if (local === undefined || zone === undefined) return local;
    const offset = zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
    return time.fromInstant(new Date(`${local}${offset}`));
  }
  return /^\d+$/.test(text) ? time.fromInstant(new Date(Number(text))) : undefined;
}

/** A valid local time, cut to milliseconds. */
function localTime(
  year: string,
  month = '1',
  day = '1',
  clock: readonly string[] = ['0', '0', '0'],
  fraction = '000',
): string | undefined {
  const two = (part: string) => part.padStart(2, '0');
  const text = `${year}-${two(month)}-${two(day)}T${clock.map(two).join(':')}.${fraction.slice(0, 3)}`;
  const instant = new Date(`${text}Z`);
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString() === `${text}Z`;
  return isReal ? text : undefined;
}
