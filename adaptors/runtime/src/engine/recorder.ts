import { isDeepStrictEqual } from 'node:util';
import type { ExecutionCallbacks } from '@openfn/runtime';
import { configurationError } from '#common/reporting/errors.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { readPlanned } from '#common/reporting/undo-table.js';
import type { EventListener } from './events.js';
import { readPlan } from './read-outcome.js';
import { rejectedReport } from './rejected-report.js';
import { type RunError, toRunError } from './run-error.js';
import { checkStateSize, measureState } from './state-size.js';
import type { CompiledStep, StepRun } from './step-run.js';
import { createTrace } from './trace.js';
import { withoutHash } from './without-hash.js';

type State = Record<string, unknown>;
type Notify = NonNullable<ExecutionCallbacks['notify']>;

/** The parts of the engine's notifications that are used here. */
interface Payload {
  jobId: string;
  /** Milliseconds. */
  duration: number;
  state: State;
  next: string[];
  error?: { severity?: string };
}

/** The platform continues without an error, but what the next steps need is gone. */
function noState(step: string): Error {
  return configurationError('NO_STATE', `Step ${step} returned no state.`, {
    fix: 'End the function with: return state',
  });
}

function isState(state: unknown): state is State {
  return typeof state === 'object' && state !== null && !Array.isArray(state);
}

/**
 * Listens to the engine: what each step did, its errors, its plan, and the states of the last
 * steps.
 *
 * @param isUnlimited do not measure states
 */
export function createRecorder(
  compiled: CompiledStep[],
  listen: EventListener,
  isUnlimited = false,
) {
  const files = new Map(compiled.map(({ id, file, compiled: { free } }) => [id, { file, free }]));
  const trace = createTrace(
    new Map(compiled.map(({ id, compiled: { map } }) => [id, map.operations])),
  );
  const errors: RunError[] = [];
  const recorded = new Set<unknown>();
  const steps: StepRun[] = [];
  const leaves: State[] = [];
  const plans: PlanTable[] = [];
  let isStopped = false;

  function record(error: unknown, step: string | undefined): void {
    const file = step === undefined ? undefined : files.get(step);
    errors.push(toRunError(error, file && { id: step!, ...file, trace }));
    recorded.add(error);
  }

  /** Keeps the changes of a step that wrote. */
  function addPlan(state: State): { plan?: PlanTable } {
    const plan = readPlan(state);
    // A step after the writing one may pass its plan on.
    if (!plan || isDeepStrictEqual(plan, plans.at(-1))) return {};
    plans.push(plan);
    return { plan };
  }

  /**
   * What a step leaves that failed because of rejected records: it has written all others. Of
   * another one, what it was about to change.
   */
  function keepWritten(state: State, error: unknown) {
    const report = rejectedReport(error);
    if (!isState(state)) return {};
    const planned = readPlanned(state);
    if (Object.keys(report).length === 0) return planned ? { planned } : {};
    state.report = { ...(isState(state.report) ? state.report : {}), ...report };
    return { state, ...addPlan(state) };
  }

  function complete({ jobId: step, duration, state, next }: Payload): void {
    const seconds = duration / 1000;
    if (!isState(state)) throw noState(step);
    const stateBytes = isUnlimited ? undefined : measureState(withoutHash(state));
    steps.push({ step, seconds, stateBytes });
    if (next.length === 0) leaves.push(state);
    const written = addPlan(state);
    if (stateBytes !== undefined) checkStateSize(step, stateBytes);
    listen({ type: 'step-complete', step, seconds, stateBytes, state, ...written });
  }

  function fail({ jobId: step, duration, state, next, error }: Payload): void {
    const seconds = duration / 1000;
    steps.push({ step, seconds });
    record(error, step);
    listen({ type: 'step-error', step, seconds, ...keepWritten(state, error) });
    const isLast = next.length === 0 || error?.severity === 'crash' || error?.severity === 'kill';
    if (isLast) leaves.push(state ?? {});
  }

  const notify = ((type: string, payload: Payload) => {
    // The engine cannot be stopped from outside: it ends at its next notification.
    if (isStopped) throw new Error('The run has ended.');
    if (type === 'job-start') {
      trace.enter(payload.jobId);
      listen({ type: 'step-start', step: payload.jobId });
    }
    if (type === 'job-complete') complete(payload);
    if (type === 'job-error') fail(payload);
  }) as unknown as Notify;

  /** Ends the record with an error that does not belong to a step, or not yet. */
  function stop(error: unknown, isLate: boolean): void {
    isStopped = true;
    if (recorded.has(error)) return;
    const { name, code } = (error ?? {}) as { name?: string; code?: string };
    // A condition that reads a missing state hides the fact that it is missing.
    const isEmpty = code === 'NO_STATE' || (name === 'EdgeConditionError' && trace.isEmpty);
    if (isEmpty) record(noState(trace.step!), trace.step);
    else record(error, isLate ? trace.step : undefined);
  }

  return { notify, readEngineLine: trace.read, stop, errors, steps, leaves, plans };
}
