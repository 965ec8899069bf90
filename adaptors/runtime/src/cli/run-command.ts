import path from 'node:path';
import { routeConsole } from '../engine/loggers.js';
import { toRunError } from '../engine/run-error.js';
import { type ExitStatus, exitStatusOf, exitStatusToRunStatus } from '../exit-status.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type RunOutcome, runWorkflow } from '../run-workflow.js';
import { nextCommand } from './next-command.js';
import { formatChanges } from './print/changes.js';
import { formatError } from './print/errors.js';
import { formatSummary } from './print/summary.js';
import { createLiveView } from './progress/live-view.js';
import { createPlainView } from './progress/plain-view.js';
import type { ProgressView } from './progress/progress-view.js';
import { readState } from './read-state.js';
import { type RunSummary, writeResults } from './write-results.js';

/** Options of `godata-dhis2 run`, as the command line gives them. */
export interface RunOptions {
  credentials?: string;
  state?: string;
  output?: string;
  dryRun?: boolean;
  json?: boolean;
  verbose?: boolean;
  /** Folder of project.yaml. */
  project: string;
}

const print = (lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`);
const printError = (lines: string[]) => process.stderr.write(`${lines.join('\n')}\n`);
const printJson = (summary: RunSummary) => print([JSON.stringify(summary, null, 2)]);

function createView({ json, verbose = false }: RunOptions): ProgressView {
  const isLive = process.stderr.isTTY && !process.env.CI && !json && process.env.TERM !== 'dumb';
  return isLive
    ? createLiveView(process.stderr, verbose)
    : createPlainView(process.stderr, verbose);
}

/** Ctrl-C: whatever was written stays; the next run reads it and goes on. */
function stopOnSignal(view: ProgressView): () => void {
  const stop = () => {
    view.close();
    printError(['Stopped; run the same command again, it continues safely.']);
    process.exit(130);
  };
  // A terminal and the starting program both send it: the second must not kill what the first ends.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}

function printOutcome(workflow: string, options: RunOptions, outcome: RunOutcome): void {
  const dryRun = options.dryRun ?? false;
  const { summary, files } = writeResults(options.project, workflow, dryRun, outcome);
  if (options.output) {
    // The state of a dry run must not make the next run, which begins with it, a dry run as well.
    const { dryRun: _dryRun, ...state } = outcome.state;
    writeAtomically(options.output, `${JSON.stringify(state, null, 2)}\n`);
  }
  if (options.json) printJson(summary);
  else {
    const changes = outcome.plan
      ? [...formatChanges(outcome.plan, dryRun, files.changes!), '']
      : [];
    print([...changes, ...formatSummary(outcome, files.report), '']);
    if (options.output) print([`State:  ${options.output}`]);
    print([`Report: ${files.report}`]);
  }
  for (const error of outcome.errors) printError(formatError(error));
  if (!options.json) print([`Next:   ${nextCommand(workflow, options, outcome)}`]);
}

/** A run that could not begin. */
function printRefusal(workflow: string, options: RunOptions, cause: unknown): ExitStatus {
  const error = toRunError(cause);
  const exitStatus = exitStatusOf([error], 0);
  printError(formatError(error));
  const isUnexpected = !(cause instanceof Error && cause.name === 'IntegrationError');
  if (isUnexpected) {
    const { stack } = cause as Error;
    printError([options.verbose ? String(stack) : '  Run with --verbose for the stack.']);
  }
  if (options.json) {
    printJson({
      workflow,
      status: exitStatusToRunStatus(exitStatus),
      exitStatus,
      dryRun: options.dryRun ?? false,
      seconds: 0,
      report: {},
      changes: { total: 0, file: null },
      errors: [error],
    });
  }
  return exitStatus;
}

async function runOnce(
  workflow: string,
  options: RunOptions,
  state: Record<string, unknown>,
  view: ProgressView,
): Promise<ExitStatus> {
  const outcome = await runWorkflow({
    project: path.resolve(options.project),
    workflow,
    credentials: options.credentials,
    state: options.dryRun ? { ...state, dryRun: true } : state,
    onEvent: event => view.show(event),
  });
  view.close();
  printOutcome(workflow, options, outcome);
  return outcome.exitStatus;
}

/**
 * `godata-dhis2 run`: runs a workflow and tells what it did. Results go to stdout, everything else to
 * stderr. A run is dry when the command line or the state file says so.
 *
 * @returns the exit status
 */
export async function runCommand(workflow: string, options: RunOptions): Promise<ExitStatus> {
  const view = createView(options);
  const release = stopOnSignal(view);
  try {
    routeConsole(event => view.show(event));
    const state = options.state === undefined ? {} : readState(options.state);
    const dryRun = options.dryRun || state.dryRun === true;
    return await runOnce(workflow, { ...options, dryRun }, state, view);
  } catch (error) {
    view.close();
    return printRefusal(workflow, options, error);
  } finally {
    release();
  }
}
