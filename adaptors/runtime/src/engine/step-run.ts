import type { CompiledJob } from '../compile/compile-job.js';
import type { WorkflowStep } from '../project/read-workflow.js';

/** A step with its job compiled. */
export interface CompiledStep extends WorkflowStep {
  compiled: CompiledJob;
}

/** The run of one step. */
export interface StepRun {
  step: string;
  seconds: number;
  /** Size of the state that it left, as JSON; absent if it failed. */
  stateBytes?: number;
}
