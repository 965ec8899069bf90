/** The creation time of objects that do not have one of their own. */
export const SETUP_TIME = '2024-01-15T08:00:00.000';

const COMPLETE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/;
const PARTIAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,3})?)?$/;
const ZONED = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Times as DHIS2 writes them in metadata and in Tracker: in the server's time zone, without naming
 * the zone (dhis2 FACTS §4.2: read serverTimeZoneId from /api/system/info).
 *
 * @example
 * const time = new ServerTime('Africa/Lagos', () => new Date('2026-08-24T10:00:00Z'));
 * time.now(); // 2026-08-24T11:00:00.000
 */
export class ServerTime {
  private readonly format: Intl.DateTimeFormat;

  /** @param timeZone IANA name */
  constructor(
    timeZone: string,
    private readonly clock: () => Date,
  ) {
    // Swedish writes dates as ISO 8601 does.
    this.format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  }

  now(): string {
    return this.fromInstant(this.clock());
  }

  /** The time some milliseconds ago. */
  ago(milliseconds: number): string {
    return this.fromInstant(new Date(this.clock().getTime() - milliseconds));
  }

  fromInstant(instant: Date): string {
    const milliseconds = String(instant.getUTCMilliseconds()).padStart(3, '0');
    return `${this.format.format(instant).replace(' ', 'T')}.${milliseconds}`;
  }

  /** The instant of a server time, as Java writes it: `2024-01-15T00:00:00Z`. */
  toInstant(time: string): string {
    const guess = Date.parse(`${time}Z`);
    const offset = Date.parse(`${this.fromInstant(new Date(guess))}Z`) - guess;
    return new Date(guess - offset).toISOString().replace('.000Z', 'Z');
  }

  /**
   * A date, a local time or a time with a zone, written as the server does.
   *
   * @returns undefined when the text is none of these
   */
  fromText(text: string): string | undefined {
    if (COMPLETE.test(text)) return text;
    if (Number.isNaN(Date.parse(text))) return undefined;
    if (ZONED.test(text)) return this.fromInstant(new Date(text));
    const [, day, time = '00:00', seconds = ':00', fraction = '.'] = PARTIAL.exec(text) ?? [];
    return day === undefined ? undefined : `${day}T${time}${seconds}${fraction.padEnd(4, '0')}`;
  }
}

/** An instant as DHIS2 writes it in data values: UTC, with the offset `+0000`. */
export function utcTime(iso: string): string {
  return iso.replace(/Z$/, '+0000');
}

/** The first instant of a day in a time zone, as data values write it (dhis2 LIVE 197, recording 406). */
export function dayInUtc(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(midnight);
  const offset = Date.parse(`${local.replace(' ', 'T')}Z`) - midnight;
  return utcTime(new Date(midnight - offset).toISOString());
}
