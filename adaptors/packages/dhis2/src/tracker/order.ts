type Time = string | null | undefined;

/**
 * Sorts what belongs to a tracked entity, independently of the server's order: by times, earliest
 * first, then by id, because servers differ in the order of objects with the same time (dhis2 LIVE
 * 228). Objects without a time come last.
 *
 * @param keysOf the times, the most important first, and the id
 * @returns a new list
 */
function inOrder<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly [...times: Time[], id: string],
): T[] {
  if (all.length < 2) return [...all];
  return all
    .map(one => ({ one, keys: keysOf(one).map(key => key ?? '~') }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .map(({ one }) => one);
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((key, n) => key !== b[n]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** The time of an enrollment, and its id. */
interface EnrollmentKeys {
  enrollment: string;
  enrolledAt?: Time;
}

/** Enrollments, the latest last. */
export function enrollmentsInOrder<T extends EnrollmentKeys>(all: readonly T[]): T[] {
  return inOrder(all, ({ enrolledAt, enrollment }) => [enrolledAt, enrollment]);
}

/** The times of an event, and its id. */
interface EventKeys {
  event: string;
  occurredAt?: Time;
  createdAt?: Time;
}

/**
 * Events in the order in which they took place; of two on one day, the one that was entered last
 * comes last.
 */
export function eventsInOrder<T extends EventKeys>(all: readonly T[]): T[] {
  return inOrder(all, ({ occurredAt, createdAt, event }) => [occurredAt, createdAt, event]);
}
