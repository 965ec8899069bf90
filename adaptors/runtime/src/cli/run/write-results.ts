import path from 'node:path';
import { IntegrationError } from '#common/reporting/errors.js';
import { type RunError, toRunError } from '../../engine/run-error.js';
import { localFolder } from '../../files/local-folder.js';
import { writeAtomically } from '../../files/write-atomically.js';
import type { ExitStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-workflow.js';
import { toCsv } from '../print/csv.js';
import { toVisibleJson } from '../print/visible.js';
import type { RunOptions } from './run-options.js';
import { type RunSummary, toRunSummary } from './run-summary.js';

/** Files that every run leaves, as paths from the current folder. */
export interface ResultFiles {
  report: string;
  /** Written if a step made a plan. */
  changes: string;
}

/** Where a run of a workflow writes its results: below the project's folder. */
export function findResultFiles(project: string, workflow: string): ResultFiles {
  const folder = path.join(localFolder(project), workflow);
  const relative = (file: string) => path.relative('', path.join(folder, file));
  return { report: relative('report.json'), changes: relative('changes.csv') };
}

/** A document in the form that the files have. */
export const toJson = (document: unknown) => `${toVisibleJson(document)}\n`;

/**
 * A final state in the form that its file has: that of a dry run must not turn the next run into a
 * dry run.
 */
export function toStateFile({
  dryRun: _dryRun,
  allowLargeChange: _allowLargeChange,
  ...state
}: Record<string, unknown>): string {
  return toJson(state);
}

function toWriteError(file: string, error: unknown): RunError {
  return toRunError(
    new IntegrationError({
      code: 'OUTPUT_NOT_WRITTEN',
      message: `The run has ended, but ${file} could not be written: ${(error as Error).message}.`,
      fix: 'Free disk space or correct the permissions. The changes on the servers are kept.',
      details: { file },
    }),
  );
}

/**
 * Writes the table of changes, the final state if a file is named for it, and the full report. If a
 * file cannot be written, the run ends with status 1.
 *
 * @returns the summary, with all errors
 */
export function writeResults(
  workflow: string,
  options: RunOptions,
  outcome: RunOutcome & { passes?: number },
): RunSummary {
  const files = findResultFiles(options.project, workflow);
  const { plan, report, seconds, passes } = outcome;
  const errors = [...outcome.errors];
  const attempt = (file: string, text: string): boolean => {
    try {
      writeAtomically(file, text, { isPrivate: true });
      return true;
    } catch (error) {
      errors.push(toWriteError(file, error));
      return false;
    }
  };
  const hasChanges = plan !== undefined && attempt(files.changes, toCsv(plan.columns, plan.rows));
  if (options.output) attempt(options.output, toStateFile(outcome.state));
  const summarize = (): RunSummary => {
    const isUnwritten = errors.length > outcome.errors.length && outcome.exitStatus !== 2;
    const exitStatus: ExitStatus = isUnwritten ? 1 : outcome.exitStatus;
    const changes = { total: plan?.total ?? 0, file: hasChanges ? files.changes : null };
    const { dryRun } = options;
    const facts = { workflow, exitStatus, dryRun, passes, seconds, report, changes, errors };
    return toRunSummary(facts);
  };
  const summary = summarize();
  return attempt(files.report, toJson(summary)) ? summary : summarize();
}
