const DAY_MS = 86_400_000;

/** Days counted from the outbreak's last day: 0 is today, -1 yesterday. */
export interface Calendar {
  /** `yyyy-MM-ddT00:00:00.000Z`, as Go.Data writes a day. */
  day(offset: number): string;
  /** An instant within a past day. */
  instant(offset: number, minuteOfDay: number): string;
}

/**
 * @param today the last day, `yyyy-MM-dd`
 * @throws RangeError if it is not a day
 */
export function createCalendar(today: string): Calendar {
  const start = Date.parse(`${today}T00:00:00.000Z`);
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(today) && !Number.isNaN(start) && toIso(start).startsWith(today);
  if (!isDay) throw new RangeError(`today: "${today}" is not a day such as 2026-01-31.`);
  // An outbreak has some hundred days and up to a million cases.
  const known = new Map<number, string>();
  const day = (offset: number) => {
    let text = known.get(offset);
    if (text === undefined) {
      text = toIso(start + offset * DAY_MS);
      known.set(offset, text);
    }
    return text;
  };
  return {
    day,
    instant: (offset, minuteOfDay) => {
      const hours = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
      const minutes = String(minuteOfDay % 60).padStart(2, '0');
      return `${day(Math.min(offset, -1)).slice(0, 11)}${hours}:${minutes}:00.000Z`;
    },
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
