import { REJECTED } from '#common/reporting/on-rejected.js';
import type { RunError } from '../engine/run-error.js';

/**
 * How a command ended: 0 all written; 1 a step failed; 2 wrong usage, configuration or mapping;
 * 3 finished, with rejected records; 130 stopped by the user.
 */
export type ExitStatus = 0 | 1 | 2 | 3 | 130;

/** The status as a word, for `--json`. */
export type RunStatus =
  | 'completed'
  | 'failed'
  | 'misconfigured'
  | 'completed-with-rejections'
  | 'stopped';

const STATUS: Record<ExitStatus, RunStatus> = {
  0: 'completed',
  1: 'failed',
  2: 'misconfigured',
  3: 'completed-with-rejections',
  130: 'stopped',
};

/** The word for an exit status. */
export function exitStatusToRunStatus(status: ExitStatus): RunStatus {
  return STATUS[status];
}

/**
 * The exit status of a run from its errors and its number of rejected records. A step that failed
 * because of rejected records (`onRejected`) has written all others: that is status 3, too.
 */
export function exitStatusOf(errors: RunError[], rejected: number): ExitStatus {
  if (errors.some(({ kind }) => kind === 'configuration')) return 2;
  if (errors.some(({ code }) => code !== REJECTED)) return 1;
  if (errors.length > 0) return 3;
  return rejected > 0 ? 3 : 0;
}
