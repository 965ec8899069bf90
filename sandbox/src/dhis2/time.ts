/**
 * An instant as DHIS2 writes it in metadata: in the server's time zone and without saying so (dhis2
 * FACTS §4.2: read serverTimeZoneId from /api/system/info).
 *
 * @param timeZone IANA name
 * @example
 * localTime(new Date('2026-08-24T10:00:00Z'), 'Africa/Lagos'); // 2026-08-24T11:00:00.000
 */
export function localTime(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const milliseconds = String(instant.getUTCMilliseconds()).padStart(3, '0');
  return `${format.format(instant).replace(' ', 'T')}.${milliseconds}`;
}

/** An instant as DHIS2 writes it in data values: UTC, with the offset spelled `+0000`. */
export function utcTime(iso: string): string {
  return iso.replace(/Z$/, '+0000');
}
