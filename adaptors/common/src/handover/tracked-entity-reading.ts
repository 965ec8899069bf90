import type { TrackedEvent } from './fetched-tracked-entity-batch.js';

/** Enrollments that count: those that were not cancelled; all of them, where all were. */
export function countingEnrollments<T extends { status?: string }>(
  enrollments: readonly T[],
): readonly T[] {
  const kept = enrollments.filter(({ status }) => status !== 'CANCELLED');
  return kept.length > 0 ? kept : enrollments;
}

/**
 * The latest enrollment that counts.
 *
 * @param enrollments the latest last
 */
export function currentEnrollment<T extends { status?: string }>({
  enrollments,
}: {
  enrollments: readonly T[];
}): T | undefined {
  return countingEnrollments(enrollments).at(-1);
}

/** Statuses of events that have not taken place: plans, and visits that nobody made. */
const NOT_HELD = ['SCHEDULE', 'OVERDUE', 'SKIPPED'];

/**
 * Events that took place, by day, but for those that were made of Go.Data's lab results and follow-ups;
 * one without a day never outranks another.
 */
export function heldEvents(events: readonly TrackedEvent[]): TrackedEvent[] {
  const key = ({ occurredAt = '' }: TrackedEvent) => occurredAt;
  return events
    .filter(({ status, fromGoData }) => !fromGoData && !NOT_HELD.includes(status ?? ''))
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
