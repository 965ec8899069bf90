/** The time property by which the changes of a server are read. */
export interface ChangeTime {
  field: 'dbUpdatedAt' | 'updatedAt';
  /** Milliseconds before the last seen change at which a run begins again. */
  overlapMs: number;
}

/** A little over an hour: the clock of the database may be set back by an hour. */
const SHORT_MINUTES = 65;
/** A week: a device may work offline that long. */
const LONG_MINUTES = 10_080;

/**
 * Chooses the time property. Since 2.47 the database host sets the time of every write, also of
 * records that are synchronised. Before, records that come from a device or another server keep the
 * times that they had there (godata FACTS §3).
 *
 * @param minutes the overlap that the job sets
 */
export function chooseChangeTime(hasDbUpdatedAt: boolean, minutes: number | undefined): ChangeTime {
  const [field, usual] = hasDbUpdatedAt
    ? (['dbUpdatedAt', SHORT_MINUTES] as const)
    : (['updatedAt', LONG_MINUTES] as const);
  return { field, overlapMs: (minutes ?? usual) * 60_000 };
}

/** A time before any write. */
export const EPOCH = '1970-01-01T00:00:00.000Z';

/** The time that is some milliseconds earlier. */
export function earlier(time: string, ms: number): string {
  return new Date(Math.max(0, Date.parse(time) - ms)).toISOString();
}

/** The later of two times. ISO 8601 times in UTC can be compared as texts. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
