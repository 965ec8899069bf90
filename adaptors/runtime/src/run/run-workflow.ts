import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import { compileJob } from '../compile/compile-job.js';
import { addMemoryKey } from '../credentials/memory-key.js';
import {
  type Credentials,
  checkCredentials,
  readCredentials,
  refuseMissingFile,
} from '../credentials/read-credentials.js';
import type { EventListener, RunEvent } from '../engine/events.js';
import { readReport } from '../engine/read-outcome.js';
import type { RunError } from '../engine/run-error.js';
import { runSteps } from '../engine/run-steps.js';
import type { CompiledStep, StepRun } from '../engine/step-run.js';
import { lockAccounts } from '../files/account-locks.js';
import { openLocalFolder } from '../files/local-folder.js';
import { readNotes } from '../files/notes.js';
import { readCachedStep } from '../files/step-cache.js';
import { checkEnds } from '../project/check-ends.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow, type Workflow, type WorkflowStep } from '../project/read-workflow.js';
import { accountsToLock } from './accounts-to-lock.js';
import { type ExitStatus, exitStatusOf } from './exit-status.js';
import { hashJobs } from './hash-jobs.js';
import { joinPlans } from './join-plans.js';
import { type StepRange, selectSteps, stepBefore } from './select-steps.js';
import { findPlainHttp } from './warn-of-http.js';

type State = Record<string, unknown>;

/** What to run, and with what. */
export interface RunRequest {
  /** Folder of project.yaml. */
  project: string;
  /** Key or name of the workflow. */
  workflow: string;
  /** Path of a credentials file, or the credentials themselves by name; only steps with a credential need them. */
  credentials?: string | Credentials;
  /** Initial state. @default {} */
  state?: Record<string, unknown>;
  /** The steps to run, by id or name. @default all */
  range?: StepRange;
  /**
   * Begin with what the step before `range.start` left in an earlier run that kept it (`cacheStep`);
   * `state` is added to it. @default false
   */
  isFromCache?: boolean;
  /** Called after all checks and before the first step; an error thrown by it ends the run. */
  onReady?: (ready: ReadyRun) => void;
  /** Called for every step, log line and progress line. */
  onEvent?: EventListener;
}

/** What is known of a run before its first step. */
export interface ReadyRun {
  /** Key of the workflow. */
  workflow: string;
  /** Hash of what its jobs say. */
  jobsHash: string;
}

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

function mapValues(values: Credentials, change: (value: unknown) => unknown): Credentials {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

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

/** Tells the user why nothing happens. */
export function waitEvent({ message }: Error): RunEvent {
  const line = `${message} This run waits for it, for up to a minute.`;
  return { type: 'log', source: 'runtime', level: 'warn', line };
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
 * @throws IntegrationError of kind `configuration` if the run cannot begin: unknown workflow, a job
 * with a syntax error, a missing or wrong credential, a state of another workflow; `ACCOUNT_IN_USE` if another run of the
 * project uses one of the accounts. Nothing has been read or written then.
 * @example
 * const { exitStatus, report } = await runWorkflow({ project: '.', workflow: 'cases-to-data-values', credentials: 'state/credentials.json' });
 */
export async function runWorkflow(request: RunRequest): Promise<RunOutcome> {
  const { credentials, onReady = () => {}, onEvent = () => {} } = request;
  const started = performance.now();
  const project = readProject(request.project);
  const whole = await readWorkflow(project, request.workflow);
  const workflow = selectSteps(whole, request.range ?? {});
  const state = { ...readBefore(request, whole), ...request.state };
  checkWorkflow(state, workflow);
  const steps = workflow.steps.map(compileStep);
  if (credentials === undefined) refuseMissingFile(steps);
  const isFile = typeof credentials === 'string';
  const values = isFile ? readCredentials(credentials) : (credentials ?? {});
  checkCredentials(steps, values, isFile ? credentials : 'Credentials given to the run');
  const jobsHash = hashJobs(whole.steps);
  onReady({ workflow: workflow.key, jobsHash });
  warnOfEnds(project, whole, onEvent);
  const used = new Set(steps.map(({ credential }) => credential));
  const inUse = Object.entries(values).filter(([name]) => used.has(name));
  for (const line of findPlainHttp(Object.fromEntries(inUse))) {
    onEvent({ type: 'log', source: 'runtime', level: 'warn', line });
  }
  const local = openLocalFolder(request.project);
  const keyed = addMemoryKey(local, steps, values);
  // A dry run changes nothing, so it settles nothing either.
  const notes = state.dryRun === true ? undefined : readNotes(request.project);
  const locks = await lockAccounts(
    path.join(local, 'locks'),
    workflow.key,
    accountsToLock(steps, values, state.dryRun === true),
    { onWait: error => onEvent(waitEvent(error)) },
  );
  const { leaves, plans, ...result } = await runSteps(
    workflow,
    steps,
    notes ? mapValues(keyed, value => ({ ...(value as object), notes })) : keyed,
    { ...state, jobsHash },
    onEvent,
  ).finally(locks.release);
  const report = readReport(leaves);
  const rejected = Object.values(report).reduce(
    (sum, { rejectedCount = 0 }) => sum + rejectedCount,
    0,
  );
  return {
    ...result,
    workflow: workflow.key,
    // What an earlier run left of its steps is not where this one began.
    state:
      result.errors.length > 0 ? withCursorOf(request.state ?? {}, result.state) : result.state,
    exitStatus: exitStatusOf(result.errors, rejected),
    report,
    plan: joinPlans(plans),
    seconds: (performance.now() - started) / 1000,
  };
}
