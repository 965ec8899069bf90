/** The time by which the changes of a server are read. */
export interface ChangeTime {
  field: 'dbUpdatedAt' | 'updatedAt';
  /** Milliseconds that a run goes back behind the last change that was seen. */
  overlapMs: number;
}

/** An hour, and a little: a database's clock may be put back. */
const SHORT_MINUTES = 65;
/** A week: how long a device may be out of reach of its server. */
const LONG_MINUTES = 10_080;

/**
 * Chooses the time. Since 2.47 every write is stamped by the database's host, that of a synchronised
 * record too; before, a device or another server brings records in with the times that they had there
 * (godata FACTS §3).
 *
 * @param minutes overlap that a job asks for
 */
export function chooseChangeTime(hasDbUpdatedAt: boolean, minutes: number | undefined): ChangeTime {
  const [field, usual] = hasDbUpdatedAt
    ? (['dbUpdatedAt', SHORT_MINUTES] as const)
    : (['updatedAt', LONG_MINUTES] as const);
  return { field, overlapMs: (minutes ?? usual) * 60_000 };
}

/** Before anything that was ever written. */
export const EPOCH = '1970-01-01T00:00:00.000Z';

/** A time some milliseconds earlier. */
export function earlier(time: string, ms: number): string {
  return new Date(Math.max(0, Date.parse(time) - ms)).toISOString();
}

/** The later of two times; ISO 8601 in UTC compares as text. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
