import path from 'node:path';
import type { RunEvent } from '../../engine/events.js';
import { routeConsole } from '../../engine/loggers.js';
import { toRunError } from '../../engine/run-error.js';
import { checkWritable } from '../../files/check-writable.js';
import { openLocalFolder } from '../../files/local-folder.js';
import { keepNote } from '../../files/notes.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { type ExitStatus, exitStatusOf } from '../../run/exit-status.js';
import { type RunOutcome, runWorkflow } from '../../run/run-workflow.js';
import { formatChanges } from '../print/changes.js';
import { formatError } from '../print/errors.js';
import { print, printError } from '../print/print-lines.js';
import { formatHeadlines, formatSummary } from '../print/summary.js';
import { createLiveView } from '../progress/live-view.js';
import { createPlainView } from '../progress/plain-view.js';
import type { ProgressView } from '../progress/progress-view.js';
import { drainAll } from './drain/drain-all.js';
import { nextCommand } from './next-command.js';
import { readState } from './read-state.js';
import type { RunOptions } from './run-options.js';
import { type RunSummary, toRunSummary } from './run-summary.js';
import { findResultFiles, toJson, writeResults } from './write-results.js';

const printJson = (summary: RunSummary) => process.stdout.write(toJson(summary));

function createView({ json, verbose = false }: RunOptions): ProgressView {
  const isLive = process.stderr.isTTY && !process.env.CI && !json && process.env.TERM !== 'dumb';
  return isLive
    ? createLiveView(process.stderr, verbose)
    : createPlainView(process.stderr, verbose);
}

/** What a running run knows of itself. */
interface Run {
  workflow: string;
  options: RunOptions;
  view: ProgressView;
  /** From `performance.now()`. */
  started: number;
  /** Whether all checks are done and the first step may have run. */
  isBegun: boolean;
  /** Warnings of the runtime that have been shown. */
  warned: Set<string>;
}

/** The document of a run that was stopped; the reports of its steps are not known. */
function tellStop({ workflow, options, started, isBegun }: Run): void {
  const seconds = (performance.now() - started) / 1000;
  const { dryRun } = options;
  const summary = toRunSummary({ workflow, exitStatus: 130, dryRun, seconds });
  if (options.json) printJson(summary);
  if (!isBegun) return;
  const { report } = findResultFiles(options.project, workflow);
  try {
    writeAtomically(report, toJson(summary), { isPrivate: true });
  } catch (error) {
    printError([`Warning: ${report} could not be written: ${(error as Error).message}`]);
  }
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

/** Said on stderr: a mistyped name would begin anew as well. */
function tellNew({ options: { state }, view }: Run): void {
  const line = `There is no state file ${state}. This run begins anew and reads everything.`;
  view.show({ type: 'log', source: 'runtime', level: 'warn', line });
}

/** Writes and prints what a run did. */
function tellOutcome(run: Run, outcome: RunOutcome, isDryState: boolean): ExitStatus {
  const { workflow, options } = run;
  const { plan } = outcome;
  const dryRun = options.dryRun ?? false;
  const files = findResultFiles(options.project, workflow);
  const summary = writeResults(workflow, options, outcome);
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
    ]);
  }
  for (const error of errors) printError(formatError(error));
  if (!options.json) {
    const told = { ...outcome, exitStatus, errors };
    print([`Next:   ${nextCommand(workflow, options, told, isDryState)}`]);
  }
  return exitStatus;
}

/** A run that could not begin. */
function tellRefusal({ workflow, options }: Run, cause: unknown): ExitStatus {
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
  if (options.json) {
    const { dryRun } = options;
    printJson(toRunSummary({ workflow, exitStatus, dryRun, seconds: 0, errors: [error] }));
  }
  return exitStatus;
}

async function runAndTell(run: Run, state: Record<string, unknown>): Promise<ExitStatus> {
  const { workflow, options, view } = run;
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
      onReady: () => {
        if (options.output) checkWritable(options.output, { isPrivate: true });
        const files = findResultFiles(options.project, workflow);
        checkWritable(files.report, { isPrivate: true });
        checkWritable(files.changes, { isPrivate: true });
        openLocalFolder(options.project);
        run.isBegun = true;
      },
      onEvent: event => showOnce(run, event),
    });
    const { state: final, workflow: key } = outcome;
    // The next run refuses a cursor of another workflow.
    return 'cursor' in final ? { ...outcome, state: { ...final, workflow: key } } : outcome;
  };
  const outcome = await (options.drain ? drainAll(options, view, state, runPass) : runPass(state));
  view.close();
  return tellOutcome(run, outcome, state.dryRun === true);
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
    started: performance.now(),
    isBegun: false,
    warned: new Set(),
  };
  const release = stopOnSignal(run);
  try {
    routeConsole(event => {
      if (event.type === 'log') keepNote(options.project, event.line);
      view.show(event);
    });
    const state = options.state === undefined ? {} : readState(options.state, () => tellNew(run));
    run.options = { ...options, dryRun: options.dryRun || state.dryRun === true };
    return await runAndTell(run, state);
  } catch (error) {
    view.close();
    return tellRefusal(run, error);
  } finally {
    release();
  }
}
