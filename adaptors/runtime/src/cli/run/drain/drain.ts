import { isDeepStrictEqual } from 'node:util';
import { configurationError } from '#common/reporting/errors.js';
import { toRunError } from '#runtime/engine/run-error.js';
import type { StepRun } from '#runtime/engine/step-run.js';
import { exitStatusOf } from '#runtime/run/exit-status.js';
import { joinPlans } from '#runtime/run/join-plans.js';
import type { RunOutcome } from '#runtime/run/run-outcome.js';
import { withoutEarlierRun } from '../read-state.js';
import { addReports } from './add-reports.js';

type State = Record<string, unknown>;

/** Several runs of a workflow, each with the final state of the one before, reported as one. */
export interface DrainOutcome extends RunOutcome {
  passes: number;
}

/** What a drain needs. */
export interface Drain {
  /** Initial state of the first run. */
  state: State;
  run(state: State): Promise<RunOutcome>;
  /** Called before every run, with its number from 1. */
  onPass(pass: number): void;
  /** Called with the state that a run left and with which the next begins. */
  onState(state: State): void;
}

/** Times of a step are added; of its state sizes the largest counts. */
function addSteps(a: StepRun[], b: StepRun[]): StepRun[] {
  const sums = new Map(a.map(run => [run.step, run]));
  for (const run of b) {
    const { seconds = 0, stateBytes } = sums.get(run.step) ?? {};
    const bytes = Math.max(stateBytes ?? 0, run.stateBytes ?? 0);
    sums.set(run.step, {
      ...run,
      seconds: seconds + run.seconds,
      ...(bytes && { stateBytes: bytes }),
    });
  }
  return [...sums.values()];
}

function addOutcomes(a: DrainOutcome | undefined, b: RunOutcome): DrainOutcome {
  if (!a) return { ...b, passes: 1 };
  const report = addReports(a.report, b.report);
  const rejected = Object.values(report).reduce(
    (sum, { rejectedCount = 0 }) => sum + rejectedCount,
    0,
  );
  return {
    state: b.state,
    workflow: b.workflow,
    errors: b.errors,
    exitStatus: exitStatusOf(b.errors, rejected),
    report,
    plan: joinPlans([a.plan, b.plan].filter(plan => plan !== undefined)),
    steps: addSteps(a.steps, b.steps),
    seconds: a.seconds + b.seconds,
    passes: a.passes + 1,
  };
}

/** A run that ends where it began would be repeated for ever. */
function refuseStandstill(outcome: DrainOutcome, cursor: unknown): DrainOutcome {
  const where =
    cursor === undefined
      ? 'has no cursor in its final state'
      : 'ended at the cursor where it began';
  const error = toRunError(
    configurationError(
      'NO_PROGRESS',
      `Run ${outcome.passes} says that the source has more, but ${where}.`,
      { fix: 'The step that sets `more` must set `cursor` to where the next run begins.' },
    ),
  );
  return { ...outcome, errors: [error], exitStatus: exitStatusOf([error], 0) };
}

/**
 * Runs a workflow again and again with its own final state, until `more` is no longer true or a run
 * fails. What was written stays; the next drain continues from the state of the last good run.
 */
export async function drain({ state, run, onPass, onState }: Drain): Promise<DrainOutcome> {
  let sum: DrainOutcome | undefined;
  for (let next = state; ; ) {
    onPass((sum?.passes ?? 0) + 1);
    const outcome = await run(next);
    sum = addOutcomes(sum, outcome);
    if (outcome.errors.length > 0 || outcome.state.more !== true) return sum;
    const { cursor } = outcome.state;
    if (isDeepStrictEqual(cursor, next.cursor)) return refuseStandstill(sum, cursor);
    onState(outcome.state);
    next = withoutEarlierRun(outcome.state);
  }
}
