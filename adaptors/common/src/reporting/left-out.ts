import { getOrCreate } from '../collections/get-or-create.js';
import type { LeftOut } from './report.js';
import { MAX_LISTED } from './report.js';

/** Counts records that are left out, by reason and by the place or code concerned. */
export interface LeftOutLedger {
  add(reason: string, subject: string, count?: number): void;
  /**
   * All counts, largest first. A reason with more than {@link MAX_LISTED} subjects gets one row for
   * the rest.
   */
  list(): LeftOut[];
  /** Number of records left out. */
  total(): number;
}

/** Creates an empty ledger. */
export function createLeftOutLedger(): LeftOutLedger {
  const counts = new Map<string, Map<string, number>>();
  return {
    add(reason, subject, count = 1) {
      const subjects = getOrCreate(counts, reason, () => new Map<string, number>());
      subjects.set(subject, (subjects.get(subject) ?? 0) + count);
    },
    list() {
      const rows = [...counts].flatMap(([reason, subjects]) =>
        [...subjects].map(([subject, count]) => ({ reason, subject, count })),
      );
      rows.sort(
        (a, b) => b.count - a.count || (a.reason + a.subject < b.reason + b.subject ? -1 : 1),
      );
      return shorten(rows);
    },
    total() {
      let sum = 0;
      for (const subjects of counts.values()) for (const count of subjects.values()) sum += count;
      return sum;
    },
  };
}

function shorten(rows: LeftOut[]): LeftOut[] {
  const rest = new Map<string, { count: number; subjects: number }>();
  for (const { reason, count } of rows.slice(MAX_LISTED)) {
    const sum = rest.get(reason) ?? { count: 0, subjects: 0 };
    rest.set(reason, { count: sum.count + count, subjects: sum.subjects + 1 });
  }
  return [
    ...rows.slice(0, MAX_LISTED),
    ...[...rest].map(([reason, { count, subjects }]) => ({
      reason,
      subject: `${subjects} more`,
      count,
    })),
  ];
}
