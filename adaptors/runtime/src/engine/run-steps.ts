import run, { type ExecutionPlan } from '@openfn/runtime';
import type { PlanTable } from '#common/reporting/plan.js';
import type { Credentials } from '../credentials/read-credentials.js';
import type { Workflow } from '../project/read-workflow.js';
import type { Adaptor } from '../project/resolve-adaptor.js';
import type { EventListener } from './events.js';
import { toFailedState } from './failed-state.js';
import { createEngineLogger, createJobLogger } from './loggers.js';
import { toPlan } from './plan.js';
import { createRecorder } from './recorder.js';
import type { RunError } from './run-error.js';
import type { CompiledStep, StepRun } from './step-run.js';
import { watchUncaughtErrors } from './uncaught-errors.js';
import { withoutHash } from './without-hash.js';

/** The engine's result. */
export interface EngineResult {
  /** Final state; with several last steps, a map of their states by step id, as in OpenFn. */
  state: Record<string, unknown>;
  /** States of the last steps. */
  leaves: Record<string, unknown>[];
  /** Tables of changes, of each step that wrote. */
  plans: PlanTable[];
  errors: RunError[];
  steps: StepRun[];
}

type State = Record<string, unknown>;

/**
 * The engine puts whole errors, response bodies included, into `errors`; they are replaced by their
 * safe form, and what the failed steps handed on is removed.
 */
function withSafeErrors(state: State, errors: RunError[], input: State): State {
  const { errors: _unsafe, ...rest } = state;
  const own = errors.map(error => [error.step ?? 'run', error] as const);
  if (own.length === 0) return rest;
  return { ...toFailedState(input, rest), errors: Object.fromEntries(own) };
}

/** The same for each state of a map of last steps, with the errors on the way to it. */
function withSafeLeaves(leaves: State, errors: RunError[], input: State): State {
  return Object.fromEntries(
    Object.entries(leaves).map(([id, leaf]) => {
      const { errors: onTheWay = {} } = leaf as { errors?: State };
      const own = errors.filter(({ step }) => step !== undefined && Object.hasOwn(onTheWay, step));
      return [id, withSafeErrors(leaf as State, own, input)];
    }),
  );
}

function mapLeaves(leaves: State, change: (leaf: State) => State): State {
  return Object.fromEntries(
    Object.entries(leaves).map(([id, leaf]) => [id, change(leaf as State)]),
  );
}

/** Limits of the platform that a host switches off. */
export interface EngineOptions {
  /** States may have any size: for whole files, which never go to the platform. */
  isUnlimited?: boolean;
  /** What jobs can use besides the globals of the platform. */
  globals?: Record<string, unknown>;
}

/**
 * Runs the steps of a workflow on @openfn/runtime, the platform's own engine.
 *
 * As on the platform (openfn FACTS §6), `configuration` and `response` do not survive a step, and a
 * step that leaves more than 10 MB ends the run. A failed step does not throw here: its error is in
 * the result, and steps behind an `on_job_failure` edge run.
 *
 * @param credentials by name, already checked
 * @param input initial state
 */
export async function runSteps(
  workflow: Workflow,
  steps: CompiledStep[],
  credentials: Credentials,
  input: State,
  listen: EventListener,
  { isUnlimited = false, globals = {} }: EngineOptions = {},
): Promise<EngineResult> {
  const recorder = createRecorder(steps, listen, isUnlimited);
  const { errors, leaves } = recorder;
  const first = isUnlimited ? { ...input, isUnlimited } : input;
  const plan = toPlan(workflow, steps, credentials);
  const adaptors = steps.map(({ adaptor }) => adaptor);
  const result = await runEngine(plan, first, recorder, listen, { adaptors, globals });
  const last = leaves.at(-1) ?? {};
  const isMap = result !== undefined && leaves.length > 1;
  const final = isMap
    ? withSafeLeaves(result, errors, input)
    : withSafeErrors(result ?? last, errors, input);
  const state = isMap ? mapLeaves(final, withoutHash) : withoutHash(final);
  return { state, leaves, plans: recorder.plans, errors, steps: recorder.steps };
}

/** @returns the engine's result, or undefined if the run was ended early */
async function runEngine(
  plan: ExecutionPlan,
  input: State,
  recorder: ReturnType<typeof createRecorder>,
  listen: EventListener,
  { adaptors, globals }: { adaptors: readonly Adaptor[]; globals: State },
): Promise<State | undefined> {
  // The engine's hook lets old adaptors import files without their extension. It costs a thread.
  const hasHook = adaptors.some(({ running, folder }) => running.folder === folder);
  const uncaught = watchUncaughtErrors();
  let isLate = false;
  const failure = uncaught.failure.catch(error => {
    isLate = true;
    throw error;
  });
  const listenAndRead: EventListener = event => {
    if (event.type === 'engine') recorder.readEngineLine(event.line);
    listen(event);
  };
  const engine = run(plan, input as never, {
    logger: createEngineLogger(listenAndRead),
    jobLogger: createJobLogger(listen),
    callbacks: { notify: recorder.notify },
    statePropsToRemove: ['configuration', 'response'],
    // Measured in the recorder: the engine's own check takes seconds and does not name the step.
    stateLimitMb: 0,
    linker: { whitelist: [/^@openfn\//, ...adaptors.map(({ name }) => exactly(name))] },
    disableEsmHook: !hasHook,
    globals,
  });
  try {
    return ((await Promise.race([engine, failure])) ?? {}) as State;
  } catch (error) {
    recorder.stop(error, isLate);
    return undefined;
  } finally {
    // After a late error the engine may run on to its next notification, and throw again.
    if (!isLate) uncaught.stop();
  }
}

/** A pattern for one name. */
function exactly(name: string): RegExp {
  return new RegExp(`^${name.replace(/[.]/g, '\\.')}$`);
}
