import { nextState } from './next-state.js';
import { type EarlierRun, failureOf, type OnRejected, warningOf } from './on-rejected.js';
import { type State, type StepReport, withWarnings } from './report.js';

/** What a writing step leaves. */
export interface Written<D> {
  /** Name of the step: the key of its report. */
  step: string;
  /** Names of the steps of this run that read and mapped its records. */
  before: readonly string[];
  onRejected: OnRejected;
  /** The run that this one continues, if it reads only what has changed since then. */
  earlier?: EarlierRun | undefined;
  data: D;
  report: StepReport;
  /** Lines of the log after the counts: the coverage. */
  told?: readonly string[];
}

/**
 * The state that a writing step returns, with its report in the log; or the failure of the step, if
 * too many of its records were rejected (`onRejected`). A dry run does not fail: its report says
 * that a run would.
 *
 * The engine discards what a failed step returns and keeps the state that the step began with. So
 * the report, the plan and what both systems agreed on are put there; the cursor stays where it
 * was.
 *
 * @param input the state that the step began with
 * @param state the next state, without data and report
 * @throws IntegrationError `REJECTED`, with the report in its details; everything that can be
 * written has been
 */
export function finishWriting<S extends State, D>(input: State, state: S, written: Written<D>) {
  const { step, onRejected, earlier, data, report, told } = written;
  const handled = { step, report, before: reportsBefore(input, written.before), earlier };
  const failure = failureOf(onRejected, handled);
  if (!failure || report.dryRun) {
    const warned = withWarnings(report, failure ? [warningOf(failure)] : []);
    return nextState(state, step, data, warned, told);
  }
  const next = nextState(state, step, data, report, told);
  const { memory } = next as State;
  Object.assign(input, { data, report: next.report }, memory === undefined ? {} : { memory });
  throw failure;
}

/** The reports of the steps of this run that read and mapped the records. */
export function reportsBefore({ report }: State, steps: readonly string[]): StepReport[] {
  return steps.flatMap(name => report?.[name] ?? []);
}
