import run, { type ExecutionCallbacks, type ExecutionPlan } from '@openfn/runtime';
import type { CompiledJob } from '../compile/compile-job.js';
import type { Credentials } from '../credentials/read-credentials.js';
import type { Workflow, WorkflowStep } from '../project/read-workflow.js';
import type { EventListener } from './events.js';
import { createEngineLogger, createJobLogger } from './loggers.js';
import { type RunError, toRunError } from './run-error.js';
import { checkStateSize, measureState } from './state-size.js';

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

/** What the engine gives back. */
export interface EngineResult {
  /** Final state; with several last steps a map of their states by step id, as OpenFn has it. */
  state: Record<string, unknown>;
  /** States of the last steps. */
  leaves: Record<string, unknown>[];
  errors: RunError[];
  steps: StepRun[];
}

/** Stands for the trigger; runs nothing. */
const START = 'start-of-run';

function toPlan(
  workflow: Workflow,
  steps: CompiledStep[],
  credentials: Credentials,
): ExecutionPlan {
  const start = {
    id: START,
    next: Object.fromEntries(workflow.starts.map(id => [id, true])),
  };
  const jobs = steps.map(({ id, name, compiled, adaptor, credential, next }) => ({
    id,
    name,
    expression: compiled.code,
    ...(compiled.map && { sourceMap: compiled.map }),
    linker: { [adaptor.name]: { path: adaptor.folder, version: adaptor.version } },
    configuration: structuredClone((credential && credentials[credential]) ?? {}) as object,
    next: Object.fromEntries(
      next.map(({ to, condition, disabled }) => [to, { condition, disabled }]),
    ),
  }));
  return {
    workflow: { name: workflow.key, steps: [start, ...jobs] },
    options: { start: START },
  } as ExecutionPlan;
}

type State = Record<string, unknown>;
type Notify = NonNullable<ExecutionCallbacks['notify']>;

/** The parts of the engine's notifications that are read here. */
interface Payload {
  jobId: string;
  /** Milliseconds. */
  duration: number;
  state: State;
  next: string[];
  error?: { severity?: string };
}

/** Listens to the engine: what each step did, its errors, and the states of the last steps. */
function createRecorder(compiled: CompiledStep[], listen: EventListener) {
  const byId = new Map(
    compiled.map(({ id, file, compiled: { free } }) => [id, { id, file, free }]),
  );
  const errors: RunError[] = [];
  const recorded = new Set<unknown>();
  const steps: StepRun[] = [];
  const leaves = new Map<string, State>();

  function complete({ jobId: step, duration, state, next }: Payload): void {
    const stateBytes = measureState(state);
    const seconds = duration / 1000;
    steps.push({ step, seconds, stateBytes });
    if (next.length === 0) leaves.set(step, state);
    checkStateSize(step, stateBytes);
    listen({ type: 'step-complete', step, seconds, stateBytes });
  }

  function fail({ jobId: step, duration, state, next, error }: Payload): void {
    const seconds = duration / 1000;
    steps.push({ step, seconds });
    errors.push(toRunError(error, byId.get(step)));
    recorded.add(error);
    listen({ type: 'step-error', step, seconds });
    const isLast = next.length === 0 || error?.severity === 'crash' || error?.severity === 'kill';
    if (isLast) leaves.set(step, state ?? {});
  }

  const notify = ((type: string, payload: Payload) => {
    if (type === 'job-start') listen({ type: 'step-start', step: payload.jobId });
    if (type === 'job-complete') complete(payload);
    if (type === 'job-error') fail(payload);
  }) as unknown as Notify;
  return { notify, errors, recorded, steps, leaves };
}

/** The engine puts whole errors, response bodies included, into `errors`; their safe form takes their place. */
function withSafeErrors(state: State, errors: RunError[]): State {
  const { errors: _unsafe, ...rest } = state;
  const own = errors.map(error => [error.step ?? 'run', error] as const);
  return own.length > 0 ? { ...rest, errors: Object.fromEntries(own) } : rest;
}

/**
 * Runs the steps of a workflow on @openfn/runtime, the platform's own engine.
 *
 * `configuration` and `response` do not survive a step, and a step that leaves more than
 * {@link MAX_STATE_BYTES} ends the run: both as on the platform (openfn FACTS §6). A step that fails
 * does not throw here: its error is in the result, and steps behind an `on_job_failure` edge run.
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
): Promise<EngineResult> {
  const recorder = createRecorder(steps, listen);
  const { errors } = recorder;
  let state: State = {};
  try {
    const result = await run(toPlan(workflow, steps, credentials), input as never, {
      logger: createEngineLogger(listen),
      jobLogger: createJobLogger(listen),
      callbacks: { notify: recorder.notify },
      statePropsToRemove: ['configuration', 'response'],
      // Measured in the recorder: the engine's own check takes seconds and names no step.
      stateLimitMb: 0,
      linker: { whitelist: [/^@openfn\//] },
    });
    state = (result ?? {}) as State;
  } catch (error) {
    // A crash has been told as the error of its step already.
    if (!recorder.recorded.has(error)) errors.push(toRunError(error));
    state = [...recorder.leaves.values()].at(-1) ?? {};
  }
  return {
    state: withSafeErrors(state, errors),
    leaves: [...recorder.leaves.values()],
    errors,
    steps: recorder.steps,
  };
}
