import { isPeriodType, periodOf } from '#common/periods/index.js';
import { hasAuthority } from '#sandbox/dhis2/accounts/access.js';
import { isOfSingleEvents, programOfEvent } from '../../programs.js';
import type { Program, TrackerEvent } from '../../types.js';
import type { PayloadEvent } from '../payload.js';
import type { Check, Validation } from './validation.js';

const DAY_MS = 86_400_000;

/** Checks the times of an event (the server's source, DateValidator). */
export const checkEventTimes: Check<'events'> = (validation, one) => {
  const { reporter, dialect, store } = validation;
  const { uid, status, occurredAt, scheduledAt, completedAt } = one;
  const program = programOfEvent(store.metadata, { programStage: one.programStage! });
  const hasHappened = status === 'ACTIVE' || status === 'COMPLETED';
  if (occurredAt === undefined && (hasHappened || isOfSingleEvents(program))) {
    reporter.error(one, 'E1031', uid);
    return;
  }
  if (scheduledAt === undefined && status === 'SCHEDULE') {
    reporter.error(one, 'E1050', uid);
    return;
  }
  if (dialect.checksCompletion && completedAt !== undefined && status !== 'COMPLETED') {
    reporter.error(one, 'E1051', uid, status);
  }
  checkExpiry(validation, one, program);
};

/**
 * Checks whether an event, or its period, can still be changed; users with F_EDIT_EXPIRED always
 * may.
 */
function checkExpiry(validation: Validation, one: PayloadEvent, program: Program): void {
  const { reporter, user, store } = validation;
  if (hasAuthority(user, 'F_EDIT_EXPIRED')) return;
  const { expiryDays = 0, expiryPeriodType, completeEventsExpiryDays = 0 } = program;
  const completedAt = completionOf(validation, one);
  const now = store.time.now();
  if (completeEventsExpiryDays > 0 && completedAt !== undefined) {
    if (isOver(completedAt, completeEventsExpiryDays, now)) reporter.error(one, 'E1043', one.uid);
  }
  const day = (one.occurredAt ?? one.scheduledAt)?.slice(0, 10);
  if (expiryDays === 0 || !expiryPeriodType || day === undefined) return;
  if (!isPeriodType(expiryPeriodType)) {
    throw new Error(`Program ${program.id} has the unknown period type "${expiryPeriodType}".`);
  }
  // The whole last day still counts.
  const end = `${periodOf(expiryPeriodType, day).endDate}T00:00:00.000`;
  if (isOver(end, expiryDays + 1, now)) reporter.error(one, 'E1047', one.uid);
}

/** Whether there are more than some days between two times of the server. */
function isOver(since: string, days: number, now: string): boolean {
  return Date.parse(`${now}Z`) > Date.parse(`${since}Z`) + days * DAY_MS;
}

/**
 * The completion date of an event: since 2.43 the stored one, before that the one in the payload.
 */
function completionOf({ bundle, dialect }: Validation, one: PayloadEvent): string | undefined {
  const before: TrackerEvent | undefined = bundle.before(one);
  const stored = before?.status === 'COMPLETED' ? before.completedAt : undefined;
  const given = one.status === 'COMPLETED' ? one.completedAt : undefined;
  return (dialect.countsStoredCompletion ? stored : undefined) ?? given;
}
