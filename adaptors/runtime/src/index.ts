/*
 * The local runtime as a library: tests and other programs run a project's workflows with it.
 */
export { type CheckResult, checkProject } from './check/check-project.js';
export type { Problem } from './check/problem.js';
export { type CompiledJob, compileJob, type JobSource } from './compile/compile-job.js';
export type { Credentials } from './credentials/read-credentials.js';
export type { EventListener, RunEvent } from './engine/events.js';
export type { RunError } from './engine/run-error.js';
export type { StepRun } from './engine/step-run.js';
export { writeJobTypes } from './job-types/write-job-types.js';
export { type LoadedProject, readProject } from './project/read-project.js';
export { readWorkflow, type Workflow, type WorkflowStep } from './project/read-workflow.js';
export { RULES, type Rule } from './project/rules.js';
export type { ExitStatus, RunStatus } from './run/exit-status.js';
export { type LoadOptions, loadJob } from './run/load-job.js';
export type { RunOutcome } from './run/run-outcome.js';
export type { RunRequest } from './run/run-request.js';
export { runWorkflow } from './run/run-workflow.js';
