import { shareOf } from '#common/reporting/coverage.js';
import type { Coverage, StepReport } from '#common/reporting/report.js';
import type { RunReport } from './run-report.js';

/** Counts of all steps together. */
export interface Totals {
  created: number;
  updated: number;
  /** Deactivated or deleted. */
  removed: number;
  rejected: number;
}

/** What the steps of a run did, in sum. */
export function totalsOf({ report }: Pick<RunReport, 'report'>): Totals {
  const sum = (read: (step: StepReport) => number | undefined) =>
    Object.values(report).reduce((total, step) => total + (read(step) ?? 0), 0);
  return {
    created: sum(({ created }) => created),
    updated: sum(({ updated }) => updated),
    removed: sum(({ deactivated = 0, deleted = 0 }) => deactivated + deleted),
    rejected: sum(({ rejectedCount }) => rejectedCount),
  };
}

/** The lowest coverage of a step; undefined if no step tells one. */
export function coverageOf({ report }: Pick<RunReport, 'report'>): Coverage | undefined {
  const all = Object.values(report).flatMap(({ coverage }) => (coverage ? [coverage] : []));
  return all.sort((a, b) => shareOf(a) - shareOf(b))[0];
}
