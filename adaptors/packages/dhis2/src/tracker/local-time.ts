const LOCAL_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?$/;

/**
 * Milliseconds of a time as DHIS2 gives it: the server's local time without a zone (dhis2 FACTS
 * §4.2). It is read as if it were UTC, because such times are only compared with each other, never
 * with our clock.
 *
 * @returns undefined for anything else
 */
export function localMs(time: unknown): number | undefined {
  const match = LOCAL_TIME.exec(String(time));
  const [, seconds, fraction = ''] = match ?? [];
  const ms = match ? Date.parse(`${seconds}.${fraction.padEnd(3, '0')}Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** The reverse of {@link localMs}. */
export function localTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}
