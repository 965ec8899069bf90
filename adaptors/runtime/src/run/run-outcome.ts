import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import type { RunError } from '../engine/run-error.js';
import type { StepRun } from '../engine/step-run.js';
import type { ExitStatus } from './exit-status.js';

/** The outcome of a run. */
export interface RunOutcome {
  /**
   * Final state, without configuration; with `errors` if a step failed. After a failed run the
   * cursor is the one that the run began with, so that the next run begins there again.
   */
  state: Record<string, unknown>;
  /** Key of the workflow. */
  workflow: string;
  exitStatus: ExitStatus;
  errors: RunError[];
  /** `state.report`, of all last steps together. */
  report: Record<string, StepReport>;
  /** `state.data.plan` of all steps that wrote, as one table; undefined if none did. */
  plan: PlanTable | undefined;
  steps: StepRun[];
  seconds: number;
}
