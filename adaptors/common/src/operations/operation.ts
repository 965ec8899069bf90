import { composeNextState } from '@openfn/language-common';
import { failureOf, type OnRejected, REJECTED } from '../reporting/on-rejected.js';
import { MAX_LISTED, type State, type StepReport } from '../reporting/report.js';
import { formatStep } from '../reporting/step-lines.js';
import { readPlanned } from '../reporting/undo-table.js';
import type { Resolvable as ResolvableOf } from './options.js';

/** A step of a job: takes a state and returns the next one. */
export type Operation = (state: State) => Promise<State>;

/** The last argument of old-style operations: it gets the next state and may change it. */
export type Callback = (state: State) => State | Promise<State>;

/** An argument: a value, or a function of the state that returns it. */
export type Resolvable<T> = ResolvableOf<T, State>;

/**
 * The state after an operation, as OpenFn's adaptors return it: the result in `data`, the former
 * data at the end of `references`.
 */
export async function passOn(state: State, data: unknown, callback?: Callback): Promise<State> {
  const next = composeNextState({ ...state }, data) as State;
  return callback ? callback(next) : next;
}

/**
 * Runs operations one after the other, on a state with `references` and `data`, which old-style
 * jobs expect from their first line on. A step that fails because of rejected records has written
 * the others: what it leaves is in the state that it got (`finishWriting`).
 */
export function executeWithReferences(
  ...operations: ((state: State) => State | Promise<State>)[]
): Operation {
  return async state => {
    let next: State = { references: [], data: null, ...state };
    try {
      for (const operation of operations) next = await operation(next);
    } catch (error) {
      // The engine keeps the state that it gave: what the operation left in its own must be there.
      // The error of an operation is in the details of the engine's.
      const { details } = Object(error) as { details?: { code?: unknown } };
      if (details?.code === REJECTED) Object.assign(state, next);
      else if (readPlanned(next)) Object.assign(state, { data: next.data });
      throw error;
    }
    return next;
  };
}

/**
 * Adds to a report, which an earlier operation may have begun (inside `each`). Rejected records
 * give a run an exit status of its own, and are in the log: other hosts show nothing else of them.
 *
 * @param step key of the report
 * @param onRejected what rejected records of this operation do. Without it they are only reported,
 * even if nothing was written: for operations that fail by an error of their own then
 * @param reached records that the target has, if the report does not count them
 * @throws IntegrationError `REJECTED`, with the report in its details and in the state that was given
 */
export function addToReport(
  state: State,
  step: string,
  report: StepReport,
  onRejected?: OnRejected,
  reached?: number,
): State {
  if (report.rejected?.length) for (const line of formatStep(step, report)) console.log(line);
  const sums: StepReport = { ...state.report?.[step] };
  for (const key of COUNTS) {
    if (report[key] !== undefined) sums[key] = (sums[key] ?? 0) + report[key];
  }
  const rejected = [...(sums.rejected ?? []), ...(report.rejected ?? [])].slice(0, MAX_LISTED);
  if (rejected.length > 0) sums.rejected = rejected;
  const adjusted = [...(sums.adjusted ?? []), ...(report.adjusted ?? [])].slice(0, MAX_LISTED);
  if (adjusted.length > 0) sums.adjusted = adjusted;
  const next = { ...state, report: { ...state.report, [step]: sums } };
  const judged = reached === undefined ? report : { ...report, unchanged: reached };
  const failure =
    onRejected && failureOf(onRejected, { step, report: judged, before: [], earlier: undefined });
  if (!failure) return next;
  // The engine keeps the state that the operation began with.
  state.report = next.report;
  throw failure;
}

const COUNTS = [
  'read',
  'created',
  'updated',
  'unchanged',
  'deactivated',
  'rejectedCount',
  'adjustedCount',
] as const;
