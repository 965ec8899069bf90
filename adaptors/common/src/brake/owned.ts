import type { BoundTo } from '../handover/bound-to.js';

/** The records of one kind in a batch. */
export interface BatchCount {
  /** Those that the target had before. */
  there: number;
  created: number;
  deleted: number;
}

/** By kind: `people`, `relationships`... */
export type BatchCounts = Readonly<Record<string, BatchCount>>;

/**
 * How many records of a kind a workflow owns in all. The state counts them while everybody is read,
 * so that no request is needed later; until then, and while everybody is read, only the batch is
 * known.
 *
 * @param next what the cursor of this batch belongs to
 */
export function ownedOf(next: BoundTo | undefined, kind: string, { there }: BatchCount): number {
  if (!next || next.isWhole) return there;
  return Math.max(there, next.owned?.[kind] ?? 0);
}

/** Counts a batch that was written. */
export function withOwned(next: BoundTo, counts: BatchCounts): BoundTo {
  // A state of an earlier version does not know its number before everybody is read again.
  if (!next.isWhole && !next.owned) return next;
  const owned = Object.entries(counts).map(([kind, { there, created, deleted }]) => {
    const before = (next.owned?.[kind] ?? 0) + (next.isWhole ? there : 0);
    return [kind, Math.max(0, before + created - deleted)];
  });
  return { ...next, owned: { ...next.owned, ...Object.fromEntries(owned) } };
}

/**
 * What the counts of a cursor are at the beginning of a run.
 *
 * @param isAnew everybody is read, from the first one on
 * @param isUnderWay the positions show that the run continues a reading. They do not show it where
 * an earlier run has ended exactly between two lists
 * @param more the run leaves people of the same reading for the next one
 */
export function countsOf(
  former: BoundTo | undefined,
  { isAnew, isUnderWay, more }: { isAnew: boolean; isUnderWay: boolean; more: boolean },
): Pick<BoundTo, 'owned' | 'isWhole' | 'goesOn'> {
  const continues = former?.isWhole === true && (isUnderWay || former.goesOn === true);
  const isWhole = isAnew || continues;
  return {
    ...(isAnew || !former?.owned ? {} : { owned: former.owned }),
    ...(isWhole ? { isWhole } : {}),
    ...(isWhole && more ? { goesOn: true as const } : {}),
  };
}
