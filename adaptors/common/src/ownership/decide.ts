import type { Owner, Side } from '../handover/owners.js';
import { UNSEEN } from './fingerprint.js';

/** A field in both systems, as fingerprints. */
export type Both = Record<Side, string>;

/**
 * What to do with a field in the system that is being written. `merge`: each answer is decided by
 * itself, see {@link fills}.
 */
export type Decision = 'same' | 'write' | 'leave' | 'conflict' | 'merge';

/** A field of a person that both systems have. */
export interface FieldInQuestion {
  owner: Owner;
  /** The system that is being written. */
  toward: Side;
  /** Whether the target already has what the mapping gives. */
  isSame: boolean;
  now: Both;
  /** What both had when they last agreed; undefined if that is not known. */
  last: Both | undefined;
  /**
   * The system in which the person was first entered. It wins if nothing is known, or nothing has
   * changed.
   */
  origin: Side;
  /** The field stands for several answers. */
  isTable?: boolean;
}

/**
 * Decides on a field. For `latest`, the system that changed the field since both agreed wins; if
 * both changed it, it is a conflict. A field that differs although neither changed it (the mapping
 * was edited, or the memory was lost) goes to the system in which the person was first entered.
 * Answers without memory, for example of a contact who has just become a case, are merged.
 */
export function decide(field: FieldInQuestion): Decision {
  const { owner, toward, isSame, now, last, origin, isTable } = field;
  if (isSame) return 'same';
  const source: Side = toward === 'dhis2' ? 'godata' : 'dhis2';
  const byOwner = (side: Side): Decision => (side === source ? 'write' : 'leave');
  if (owner !== 'latest') return byOwner(owner);
  if (last === undefined) return isTable ? 'merge' : byOwner(origin);
  const isChanged = (side: Side) => last[side] !== UNSEEN && last[side] !== now[side];
  if (isChanged(source)) return isChanged(toward) ? 'conflict' : 'write';
  return isChanged(toward) ? 'leave' : byOwner(origin);
}

/**
 * Whether an answer without memory is written. An answer that the target lacks is filled in; no
 * answer is cleared; of two different answers, that of the system in which the person was first
 * entered wins.
 *
 * @param toward the system that is being written
 */
export function fills(
  toward: Side,
  origin: Side,
  { isMissing, isGiven }: { isMissing: boolean; isGiven: boolean },
): boolean {
  return isGiven && (isMissing || toward !== origin);
}
