import { configurationError } from '#common/reporting/errors.js';
import { compileJob } from '../compile/compile-job.js';
import type { EventListener } from '../engine/events.js';
import type { CompiledStep } from '../engine/step-run.js';
import { readCachedStep } from '../files/step-cache.js';
import { checkEnds } from '../project/check-ends.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow, type Workflow, type WorkflowStep } from '../project/read-workflow.js';
import { hashJobs } from './hash-jobs.js';
import { runCompiled } from './run-compiled.js';
import type { RunOutcome } from './run-outcome.js';
import type { ReadyRun, RunRequest } from './run-request.js';
import { selectSteps, stepBefore } from './select-steps.js';

type State = Record<string, unknown>;

/** A failed step leaves the state of the step before it, whose cursor may be beyond what was written. */
function withCursorOf(input: State, final: State): State {
  const { cursor: _cursor, ...state } = final;
  return 'cursor' in input ? { ...state, cursor: input.cursor } : state;
}

/**
 * Warns about what works here but not on the platform, which would report success or begin its next
 * run with the wrong state.
 */
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

/** A cursor of another workflow would skip what that one has read. */
function checkWorkflow(state: State, { key, name }: Workflow): void {
  const { workflow } = state;
  if (workflow === undefined || workflow === key || workflow === name) return;
  throw configurationError(
    'FOREIGN_STATE',
    `The state belongs to the workflow ${String(workflow)}, and this is ${key}. Nothing was written.`,
    { fix: `Give a state of ${key}, or omit the state: everything is then read and compared.` },
  );
}

/** What the step before the first one left in an earlier run. */
function readBefore({ project, range, isFromCache }: RunRequest, whole: Workflow): State {
  if (!isFromCache || range?.start === undefined) return {};
  const before = stepBefore(whole, range.start);
  if (before === undefined) return {};
  const left = readCachedStep(project, whole.key, before);
  // Whether that run was allowed to write says nothing about this one.
  const { dryRun: _dryRun, allowLargeChange: _allowed, ...rest } = left;
  return rest;
}

/** Compiles the job of a step. */
export function compileStep(step: WorkflowStep): CompiledStep {
  const { source, file, name, adaptor } = step;
  return { ...step, compiled: compileJob({ source, file, name, adaptors: [adaptor] }) };
}

/**
 * Runs a workflow of a project: reads it, compiles its jobs, checks the credentials, and runs the
 * steps on OpenFn's engine. Node must run with `--experimental-vm-modules`.
 *
 * The adaptors of the jobs log through the `console` of this process, the jobs through `onEvent`.
 *
 * @throws IntegrationError of kind `configuration` if the run cannot begin: unknown workflow, a job
 * with a syntax error, a missing or wrong credential, a state of another workflow; `ACCOUNT_IN_USE` if another run of the
 * project uses one of the accounts. Nothing has been read or written then.
 * @example
 * const { exitStatus, report } = await runWorkflow({ project: '.', workflow: 'cases-to-data-values', credentials: 'state/credentials.json' });
 */
export async function runWorkflow(request: RunRequest): Promise<RunOutcome> {
  const { onEvent = () => {} } = request;
  const project = readProject(request.project);
  const whole = await readWorkflow(project, request.workflow);
  const workflow = selectSteps(whole, request.range ?? {});
  const state = { ...readBefore(request, whole), ...request.state };
  checkWorkflow(state, workflow);
  const onReady = (ready: ReadyRun) => {
    request.onReady?.(ready);
    warnOfEnds(project, whole, onEvent);
  };
  const outcome = await runCompiled(
    { ...request, onReady },
    {
      workflow,
      steps: workflow.steps.map(compileStep),
      state,
      jobsHash: hashJobs(whole.steps),
    },
  );
  // What an earlier run left of its steps is not where this one began.
  if (outcome.errors.length === 0) return outcome;
  return { ...outcome, state: withCursorOf(request.state ?? {}, outcome.state) };
}
