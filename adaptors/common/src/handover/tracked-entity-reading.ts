import type { TrackedEvent } from './fetched-tracked-entity-batch.js';

/** The enrollments that count: those that were not cancelled, or all of them if all were cancelled. */
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

/** Statuses of events that did not take place: planned, overdue or skipped. */
const NOT_HELD = ['SCHEDULE', 'OVERDUE', 'SKIPPED'];

/**
 * The events that took place, by day. Events that were created from Go.Data's lab results and
 * follow-ups are omitted. An event without a day sorts first, so that it never outranks another
 * one.
 */
export function heldEvents(events: readonly TrackedEvent[]): TrackedEvent[] {
  const key = ({ occurredAt = '' }: TrackedEvent) => occurredAt;
  return events
    .filter(({ status, fromGoData }) => !fromGoData && !NOT_HELD.includes(status ?? ''))
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
