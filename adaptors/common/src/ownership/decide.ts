import type { Owner, Side } from '../handover/owners.js';
import { UNSEEN } from './fingerprint.js';

/** A field in both systems, as fingerprints. */
export type Both = Record<Side, string>;

/**
 * What becomes of a field in the system that is being written; `merge`: of several answers each by
 * itself, see {@link fills}.
 */
export type Decision = 'same' | 'write' | 'leave' | 'conflict' | 'merge';

/** A field of a person that both systems have. */
export interface FieldInQuestion {
  owner: Owner;
  /** The system that is being written. */
  toward: Side;
  /** Whether the target has already what the mapping makes of the source. */
  isSame: boolean;
  now: Both;
  /** When both were last seen to agree; undefined where that is not known. */
  last: Both | undefined;
  /** Where the person was first entered: it wins where nothing is known, or nothing has changed. */
  origin: Side;
  /** It stands for several answers. */
  isTable?: boolean;
}

/**
 * Decides on a field. For `latest`: whoever has changed it since both agreed wins; when both have,
 * nobody does. A field that differs though neither has changed (a mapping that was edited, a memory
 * that was lost) is that of the system in which the person was first entered. Answers of which nothing
 * is remembered, as those of a contact who has just become a case, are merged.
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
 * Whether an answer of which nothing is remembered is written: one that the target lacks is filled in,
 * none is cleared, and of two the one counts that is of the system in which the person was entered.
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
