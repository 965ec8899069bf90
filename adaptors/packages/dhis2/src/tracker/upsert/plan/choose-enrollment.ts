import { findUid } from '#common/identity/uid.js';
import { enrollmentsInOrder } from '../../order.js';
import { isMarkedDeleted } from '../marks.js';
import type { Shadow, StoredEnrollment, StoredEntity } from '../read/stored.js';
import type { UsedUids } from './used-uids.js';

/** The enrollment that a person's data belong to. */
export interface ChosenEnrollment {
  uid: string;
  /** Absent: it is new. */
  stored: StoredEnrollment | undefined;
  /** This operation cancelled it, and its person has come back. */
  isRevived: boolean;
}

/** The source of an enrollment's UID. */
function enrollmentSource(server: string, person: string, program: string) {
  return { server, kind: 'enrollment', id: `${person} ${program}` };
}

/** What choosing an enrollment needs. */
export interface ChooseContext {
  server: string;
  person: string;
  /** Program id. */
  program: string;
  stored: StoredEntity | undefined;
  shadow: Shadow | undefined;
  uids: UsedUids;
  recreate: boolean;
}

/**
 * The latest enrollment in the program that was not cancelled; a cancelled one if there is no
 * other; else a new one, unless people deleted it in DHIS2.
 */
export function chooseEnrollment(
  context: ChooseContext,
): ChosenEnrollment | { blocked: 'deleted' | 'used-up' } {
  const { server, person, program, stored, shadow, uids, recreate } = context;
  const own = enrollmentsIn(stored, program);
  const current = own.findLast(({ status }) => status !== 'CANCELLED');
  if (current) return { uid: current.enrollment, stored: current, isRevived: false };
  const source = enrollmentSource(server, person, program);
  const cancelled = own.findLast(({ notes }) => isMarkedDeleted(notes, person));
  if (cancelled) return { uid: cancelled.enrollment, stored: cancelled, isRevived: true };
  // An enrollment that was created only to be cancelled stays as it is: the way back reads it too.
  const last = own.at(-1);
  if (last) return { uid: last.enrollment, stored: last, isRevived: false };
  const lost = (shadow?.enrollments ?? []).some(
    one => one.program === program && !isMarkedDeleted(one.notes, person),
  );
  if (lost && stored && !recreate) return { blocked: 'deleted' };
  const next = uids.next(source, stored === undefined);
  return 'blocked' in next ? next : { uid: next.uid, stored: undefined, isRevived: false };
}

/** Enrollments of a tracked entity in a program, the latest last. */
export function enrollmentsIn(
  stored: StoredEntity | undefined,
  program: string,
): StoredEnrollment[] {
  const all = stored?.enrollments ?? [];
  return enrollmentsInOrder(all.filter(one => one.program === program));
}

/** Whether the UID of an enrollment was computed from a person. */
export function isOfPerson(
  { enrollment, program }: Pick<StoredEnrollment, 'enrollment' | 'program'>,
  server: string,
  person: string,
): boolean {
  return (
    findUid(enrollmentSource(server, person, program), uid => uid === enrollment) !== undefined
  );
}
