import { formatCount } from './format-count.js';
import type { Rejected, StepReport } from './report.js';

/** Rejected records that have a line of their own. */
export const MAX_TOLD = 20;

/** Counts of a report in the order of the line, with their words. */
const COUNTS = {
  read: 'read',
  counted: 'counted',
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  deactivated: 'deactivated',
  deleted: 'deleted',
  completed: 'registered as complete',
} as const;
const FUTURE = new Set(['created', 'updated', 'deactivated', 'deleted', 'completed']);

/** The counts of a step: `12 read`, `3 created`, `1 rejected`. */
export function formatCounts(report: StepReport): string[] {
  const keys = Object.keys(COUNTS) as (keyof typeof COUNTS)[];
  const counts = keys
    .filter(key => report[key] !== undefined)
    .map(key => {
      const would = report.dryRun && FUTURE.has(key) ? 'would be ' : '';
      return `${formatCount(report[key]!)} ${would}${COUNTS[key]}`;
    });
  return report.rejectedCount
    ? [...counts, `${formatCount(report.rejectedCount)} rejected`]
    : counts;
}

/** A rejected record in one line: what it is, its code, and what is wrong. */
export function formatRejected({ kind, id, code, message }: Rejected): string {
  return `rejected ${kind} ${id}: ${code} ${message}`;
}

/**
 * What a step did, as log lines: its counts, what else it tells, and at most {@link MAX_TOLD}
 * rejected records. Hosts that show no reports show their log.
 *
 * @param told lines after the counts: the coverage. Only a step that has one formats it, so that the
 * bundled jobs of others need not
 * @example
 * formatStep('upsert-cases', report);
 * // ['report: upsert-cases: 500 read, 490 created, 10 rejected',
 * //  'report: upsert-cases: rejected case a1: E1020 ...', ...]
 */
export function formatStep(
  step: string,
  report: StepReport,
  told: readonly string[] = [],
): string[] {
  const { rejected = [], rejectedCount = 0, dryRun } = report;
  const shown = rejected.slice(0, MAX_TOLD);
  const rest = rejectedCount - shown.length;
  const counts = formatCounts(report).join(', ') || 'nothing to do';
  return [
    `${counts}${dryRun ? ' (dry run: nothing was written)' : ''}`,
    ...told,
    ...shown.map(formatRejected),
    ...(rest > 0 ? [`${formatCount(rest)} more rejected: see the report in the state`] : []),
  ].map(line => `${PREFIX}${step}: ${line}`);
}

const PREFIX = 'report: ';

/** Whether a log line is one of {@link formatStep}: a host that shows the report need not repeat it. */
export function isStepLine(line: string): boolean {
  return /^report: [a-z-]+: /.test(line);
}
