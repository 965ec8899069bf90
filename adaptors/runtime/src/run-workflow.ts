import path from 'node:path';
import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import { compileJob } from './compile/compile-job.js';
import {
  type Credentials,
  checkCredentials,
  readCredentials,
  refuseMissingFile,
} from './credentials/read-credentials.js';
import type { EventListener } from './engine/events.js';
import type { RunError } from './engine/run-error.js';
import { runSteps } from './engine/run-steps.js';
import type { CompiledStep, StepRun } from './engine/step-run.js';
import { type ExitStatus, exitStatusOf } from './exit-status.js';
import { lockAccounts } from './files/account-locks.js';
import { joinPlans } from './join-plans.js';
import { checkEnds } from './project/check-ends.js';
import { type LoadedProject, readProject } from './project/read-project.js';
import { readWorkflow, type Workflow, type WorkflowStep } from './project/read-workflow.js';
import { readReport } from './read-outcome.js';

type State = Record<string, unknown>;

/** What to run. */
export interface RunRequest {
  /** Folder of project.yaml. */
  project: string;
  /** Key or name of the workflow. */
  workflow: string;
  /** Path of a credentials file, or the credentials themselves by name; only steps with a credential need them. */
  credentials?: string | Credentials;
  /** Initial state. @default {} */
  state?: Record<string, unknown>;
  /** Called when all is checked and before the first step; what it throws ends the run. */
  onReady?: () => void;
  /** Told of every step, log line and progress line. */
  onEvent?: EventListener;
}

/** How a run went. */
export interface RunOutcome {
  /**
   * Final state, without configuration; with `errors` when a step failed. The cursor of a run that
   * failed is the one that it began with, so that the next run begins there again.
   */
  state: Record<string, unknown>;
  exitStatus: ExitStatus;
  errors: RunError[];
  /** `state.report`, of all last steps together. */
  report: Record<string, StepReport>;
  /** `state.data.plan` of the steps that wrote, as one table; undefined when none did. */
  plan: PlanTable | undefined;
  steps: StepRun[];
  seconds: number;
}

/** The credentials of a workflow's steps. */
function pickUsed(steps: readonly WorkflowStep[], values: Credentials): Credentials {
  const used = new Set(steps.map(({ credential }) => credential));
  return Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)));
}

/** A step that fails leaves the state of the step before, whose cursor may be beyond what was written. */
function withCursorOf(input: State, final: State): State {
  const { cursor: _cursor, ...state } = final;
  return 'cursor' in input ? { ...state, cursor: input.cursor } : state;
}

/** What the run here does not mind, and the platform takes for a success or begins its next run with. */
function warnOfEnds(
  { spec }: LoadedProject,
  { key, steps }: Workflow,
  listen: EventListener,
): void {
  const sources = new Map(steps.map(step => [step.key, step.source]));
  for (const { message } of checkEnds(spec.workflows![key]!, [], sources)) {
    listen({ type: 'log', source: 'runtime', level: 'warn', line: message });
  }
}

function compileStep(step: WorkflowStep): CompiledStep {
  const { source, file, name, adaptor } = step;
  return { ...step, compiled: compileJob({ source, file, name, adaptors: [adaptor] }) };
}

/**
 * Runs a workflow of a project: reads it, compiles its jobs, checks the credentials, and runs the
 * steps on OpenFn's engine. Node must run with `--experimental-vm-modules`.
 *
 * The adaptors of the jobs log through the `console` of this process, the jobs through `onEvent`.
 *
 * @throws IntegrationError of kind `configuration` when the run cannot begin: unknown workflow, job
 * with a syntax error, missing or wrong credential; `ACCOUNT_IN_USE` when another run of the project
 * has one of the accounts. Nothing has been read or written then.
 * @example
 * const { exitStatus, report } = await runWorkflow({ project: '.', workflow: 'cases-to-data-values', credentials: 'state/credentials.json' });
 */
export async function runWorkflow(request: RunRequest): Promise<RunOutcome> {
  const { state = {}, credentials, onReady = () => {}, onEvent = () => {} } = request;
  const started = performance.now();
  const project = readProject(request.project);
  const workflow = await readWorkflow(project, request.workflow);
  const steps = workflow.steps.map(compileStep);
  if (credentials === undefined) refuseMissingFile(steps);
  const isFile = typeof credentials === 'string';
  const values = isFile ? readCredentials(credentials) : (credentials ?? {});
  checkCredentials(steps, values, isFile ? credentials : 'Credentials given to the run');
  onReady();
  warnOfEnds(project, workflow, onEvent);
  const locks = await lockAccounts(
    path.join(request.project, 'state', '.local', 'locks'),
    workflow.key,
    pickUsed(steps, values),
  );
  const { leaves, plans, ...result } = await runSteps(
    workflow,
    steps,
    values,
    state,
    onEvent,
  ).finally(locks.release);
  const report = readReport(leaves);
  const rejected = Object.values(report).reduce(
    (sum, { rejectedCount = 0 }) => sum + rejectedCount,
    0,
  );
  return {
    ...result,
    state: result.errors.length > 0 ? withCursorOf(state, result.state) : result.state,
    exitStatus: exitStatusOf(result.errors, rejected),
    report,
    plan: joinPlans(plans),
    seconds: (performance.now() - started) / 1000,
  };
}
