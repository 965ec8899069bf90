import type { CompiledJob } from '../compile/compile-job.js';
import type { WorkflowStep } from '../project/read-workflow.js';

/** A step with its job compiled. */
export interface CompiledStep extends WorkflowStep {
  compiled: CompiledJob;
}

/** One step as it ran. */
export interface StepRun {
  step: string;
  seconds: number;
  /** Size of the state that it left, as JSON; absent when it failed. */
  stateBytes?: number;
}
