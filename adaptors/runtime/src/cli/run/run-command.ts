import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import type { RunEvent } from '../../engine/events.js';
import { routeConsole } from '../../engine/loggers.js';
import { toRunError } from '../../engine/run-error.js';
import type { Locks } from '../../files/file-locks.js';
import { keepNote } from '../../files/notes.js';
import { cacheStep } from '../../files/step-cache.js';
import { filesOf } from '../../record/records.js';
import { createNoteTaker } from '../../record/run-notes.js';
import type { RunReport } from '../../record/run-report.js';
import { type ExitStatus, exitStatusOf } from '../../run/exit-status.js';
import { type RunOutcome, runWorkflow, waitEvent } from '../../run/run-workflow.js';
import { formatChanges } from '../print/changes.js';
import { formatError } from '../print/errors.js';
import { print, printError } from '../print/print-lines.js';
import { formatHeadlines, formatSummary } from '../print/summary.js';
import { createLiveView } from '../progress/live-view.js';
import { createPlainView } from '../progress/plain-view.js';
import type { ProgressView } from '../progress/progress-view.js';
import { drainAll } from './drain/drain-all.js';
import { holdState } from './hold-state.js';
import {
  beginRecord,
  forgetOldRecords,
  type KeptRun,
  keepReport,
  toBareReport,
} from './keep-record.js';
import { nextCommand } from './next-command.js';
import { readState } from './read-state.js';
import type { RunOptions } from './run-options.js';
import { toJson, writeResults } from './write-results.js';

const printJson = (summary: RunReport) => process.stdout.write(toJson(summary));

function createView({ json, verbose = false }: RunOptions): ProgressView {
  const isLive = process.stderr.isTTY && !process.env.CI && !json && process.env.TERM !== 'dumb';
  return isLive
    ? createLiveView(process.stderr, verbose)
    : createPlainView(process.stderr, verbose);
}

/** A run, and what has been shown of it. */
interface Run extends KeptRun {
  view: ProgressView;
  /** Warnings of the runtime that have been shown. */
  warned: Set<string>;
}

/** The document of a run that was stopped; the reports of its steps are not known. */
function tellStop(run: Run): void {
  const report = toBareReport(run, { exitStatus: 130 });
  if (run.options.json) printJson(report);
  keepReport(run, report);
}

/** Ctrl-C, the end of a service, a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends a run on a signal: changes already written are kept; the next run reads it and continues. */
function stopOnSignal(run: Run): () => void {
  let isStopping = false;
  const stop = () => {
    // A terminal and the starting program both send the signal: the second one must not kill what
    // the first ends.
    if (isStopping) return;
    isStopping = true;
    run.view.close();
    printError(['Stopped. Run the same command again to continue safely.']);
    tellStop(run);
    process.stdout.write('', () => process.exit(130));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
}

/** A drain is several runs: what all of them warn of is said once. */
function showOnce({ view, warned }: Run, event: RunEvent): void {
  if (event.type === 'log' && event.source === 'runtime') {
    if (warned.has(event.line)) return;
    warned.add(event.line);
  }
  view.show(event);
}

/** `--cache-steps`: a run with `--start` begins with what the step before it left. */
function keepStep({ options, begun }: Run, event: RunEvent): void {
  if (!options.cacheSteps || event.type !== 'step-complete' || !begun) return;
  cacheStep(path.resolve(options.project), begun.record.workflow, event.step, event.state);
}

/** A drain repeats the whole workflow. */
function refuseDrain({ drain, start, end }: RunOptions): void {
  if (!drain || (start === undefined && end === undefined)) return;
  throw configurationError(
    'BAD_OPTION',
    '--drain repeats the whole workflow: it cannot be used with --start or --end.',
    { fix: 'Omit --drain, or --start and --end.' },
  );
}

/** Said on stderr: a mistyped name would begin anew as well. */
function tellNew({ options: { state }, view }: Run): void {
  const line = `There is no state file ${state}. This run begins anew and reads everything.`;
  view.show({ type: 'log', source: 'runtime', level: 'warn', line });
}

/** Writes and prints what a run did. */
async function tellOutcome(
  run: Run,
  outcome: RunOutcome,
  isDryState: boolean,
): Promise<ExitStatus> {
  const { options, startedAt, noteTaker } = run;
  const { record, mappingHash } = run.begun!;
  const { plan } = outcome;
  const dryRun = options.dryRun ?? false;
  const files = filesOf(record);
  const notes = noteTaker.notes();
  const summary = await writeResults({ options, outcome, record, notes, startedAt, mappingHash });
  const { exitStatus, errors = [] } = summary;
  if (options.json) printJson(summary);
  else {
    const blocks = [
      // The changes can be long, so what matters most comes before them, too.
      ...(plan ? [formatHeadlines(outcome), formatChanges(plan, dryRun, files.changes)] : []),
      formatSummary(outcome, files.report),
    ];
    print([
      ...blocks.filter(lines => lines.length > 0).flatMap(lines => [...lines, '']),
      ...(options.output ? [`State:  ${options.output}`] : []),
      `Report: ${files.report}`,
      `Page:   ${files.page}`,
    ]);
  }
  for (const error of errors) printError(formatError(error));
  if (!options.json) {
    const told = { ...outcome, exitStatus: exitStatus as ExitStatus, errors };
    print([`Next:   ${nextCommand(run.workflow, options, told, isDryState)}`]);
  }
  return exitStatus as ExitStatus;
}

/** A run that could not begin. */
function tellRefusal(run: Run, cause: unknown): ExitStatus {
  const { options } = run;
  const error = toRunError(cause);
  const exitStatus = exitStatusOf([error], 0);
  printError(formatError(error));
  const isUnexpected = !(cause instanceof Error && cause.name === 'IntegrationError');
  if (isUnexpected) {
    const { stack } = cause as Error;
    printError(
      options.verbose ? String(stack).split('\n') : ['  Run with --verbose for the stack.'],
    );
  }
  const report = toBareReport(run, { exitStatus, errors: [error] });
  if (options.json) printJson(report);
  keepReport(run, report);
  return exitStatus;
}

async function runAndTell(run: Run, state: Record<string, unknown>): Promise<ExitStatus> {
  const { workflow, options, view, noteTaker } = run;
  const runPass = async (initial: Record<string, unknown>) => {
    const outcome = await runWorkflow({
      project: path.resolve(options.project),
      workflow,
      credentials: options.credentials,
      state: {
        ...initial,
        ...(options.dryRun ? { dryRun: true } : {}),
        ...(options.allowLargeChange ? { allowLargeChange: true } : {}),
      },
      range: {
        ...(options.start !== undefined && { start: options.start }),
        ...(options.end !== undefined && { end: options.end }),
      },
      isFromCache: options.state === undefined,
      onReady: ready => beginRecord(run, ready),
      onEvent: event => {
        noteTaker.listen(event);
        keepStep(run, event);
        showOnce(run, event);
      },
    });
    const { state: final, workflow: key } = outcome;
    // The next run refuses a cursor of another workflow.
    return 'cursor' in final ? { ...outcome, state: { ...final, workflow: key } } : outcome;
  };
  const outcome = await (options.drain ? drainAll(options, view, state, runPass) : runPass(state));
  view.close();
  const exitStatus = await tellOutcome(run, outcome, state.dryRun === true);
  forgetOldRecords(run, line => view.show({ type: 'log', source: 'runtime', level: 'warn', line }));
  return exitStatus;
}

/**
 * `godata-dhis2 run`: runs a workflow and says what it did. Results go to stdout, everything else
 * to stderr. A run is a dry run if the command line or the state file says so.
 *
 * @returns the exit status
 */
export async function runCommand(workflow: string, options: RunOptions): Promise<ExitStatus> {
  const view = createView(options);
  const run: Run = {
    workflow,
    options,
    view,
    startedAt: Date.now(),
    noteTaker: createNoteTaker(),
    warned: new Set(),
  };
  const release = stopOnSignal(run);
  let held: Locks | undefined;
  try {
    routeConsole(event => {
      if (event.type === 'log') keepNote(options.project, event.line);
      view.show(event);
    });
    refuseDrain(options);
    held = await holdState(options.output, workflow, {
      onWait: error => view.show(waitEvent(error)),
    });
    const state = options.state === undefined ? {} : readState(options.state, () => tellNew(run));
    run.options = { ...options, dryRun: options.dryRun || state.dryRun === true };
    return await runAndTell(run, state);
  } catch (error) {
    view.close();
    return tellRefusal(run, error);
  } finally {
    held?.release();
    release();
  }
}
