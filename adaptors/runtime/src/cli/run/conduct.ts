import type { RunEvent } from '../../engine/events.js';
import { routeConsole } from '../../engine/loggers.js';
import { toRunError } from '../../engine/run-error.js';
import { keepNote } from '../../files/notes.js';
import { filesOf } from '../../record/records.js';
import { createNoteTaker } from '../../record/run-notes.js';
import type { RunReport } from '../../record/run-report.js';
import { type ExitStatus, exitStatusOf } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { formatError } from '../print/errors.js';
import { formatOutcome } from '../print/outcome.js';
import { print, printError } from '../print/print-lines.js';
import { createJsonView, logAsJson } from '../progress/json-view.js';
import { createLiveView } from '../progress/live-view.js';
import { createPlainView } from '../progress/plain-view.js';
import type { ProgressView } from '../progress/progress-view.js';
import { forgetOldRecords, type KeptRun, keepReport, toBareReport } from './keep-record.js';
import { notify, readNotify } from './notify.js';
import type { RunOptions } from './run-options.js';
import { toJson, writeResults } from './write-results.js';

const printJson = (summary: RunReport) => process.stdout.write(toJson(summary));

/** What shows the progress of a run. */
export function createView({ json, verbose = false, logFormat }: RunOptions): ProgressView {
  if (logFormat === 'json') return createJsonView(process.stderr, verbose);
  const isLive = process.stderr.isTTY && !process.env.CI && !json && process.env.TERM !== 'dumb';
  return isLive
    ? createLiveView(process.stderr, verbose)
    : createPlainView(process.stderr, verbose);
}

/** A run, and what has been shown of it. */
export interface Run extends KeptRun {
  view: ProgressView;
  /** Whom to tell how the run ended. */
  notifyUrl?: URL | undefined;
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
export function showOnce({ view, warned }: Run, event: RunEvent): void {
  if (event.type === 'log' && event.source === 'runtime') {
    if (warned.has(event.line)) return;
    warned.add(event.line);
  }
  view.show(event);
}

/**
 * Writes and prints what a run did.
 *
 * @param next the command that is useful now, from what is told
 */
export async function tellOutcome(
  run: Run,
  outcome: RunOutcome,
  next: (told: RunOutcome) => string,
): Promise<ExitStatus> {
  const { options, startedAt, noteTaker, undoOf, view } = run;
  view.close();
  const { record, ...begun } = run.begun!;
  const files = filesOf(record);
  const notes = noteTaker.notes();
  const kept = { options, outcome, record, notes, startedAt, undoOf, ...begun };
  const summary = await writeResults(kept);
  const { exitStatus, errors = [] } = summary;
  if (options.json) printJson(summary);
  else {
    print([
      ...formatOutcome(outcome, options.dryRun ?? false, files),
      ...(options.output ? [`State:  ${options.output}`] : []),
      `Report: ${files.report}`,
      `Page:   ${files.page}`,
    ]);
  }
  for (const error of errors) printError(formatError(error));
  if (!options.json) {
    const told = { ...outcome, exitStatus: exitStatus as ExitStatus, errors };
    print([`Next:   ${next(told)}`]);
  }
  await notify(run.notifyUrl, options.project, summary);
  forgetOldRecords(run, line => view.show({ type: 'log', source: 'runtime', level: 'warn', line }));
  return exitStatus as ExitStatus;
}

/** A run that could not begin. */
async function tellRefusal(run: Run, cause: unknown): Promise<ExitStatus> {
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
  await notify(run.notifyUrl, options.project, report);
  return exitStatus;
}

/**
 * Does a run from its first check to its last word: stops it on a signal, routes what adaptors log,
 * and tells why it could not begin.
 *
 * @param job does the run and tells what it did
 */
export async function conduct(
  workflow: string,
  options: RunOptions,
  job: (run: Run) => Promise<ExitStatus>,
): Promise<ExitStatus> {
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
  const restore = options.logFormat === 'json' ? logAsJson(process.stderr) : () => {};
  try {
    routeConsole(event => {
      if (event.type === 'log') keepNote(options.project, event.line);
      run.view.show(event);
    });
    run.notifyUrl = readNotify(options);
    return await job(run);
  } catch (error) {
    run.view.close();
    return await tellRefusal(run, error);
  } finally {
    release();
    restore();
  }
}
