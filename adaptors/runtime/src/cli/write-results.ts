import path from 'node:path';
import type { RunError } from '../engine/run-error.js';
import { exitStatusToRunStatus, type RunStatus } from '../exit-status.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { RunOutcome } from '../run-workflow.js';
import { toCsv } from './print/csv.js';

/** A run in one JSON document: what `--json` prints and `report.json` holds. */
export interface RunSummary {
  workflow: string;
  status: RunStatus;
  exitStatus: number;
  dryRun: boolean;
  seconds: number;
  report: RunOutcome['report'];
  changes: { total: number; file: string | null };
  errors?: RunError[];
}

/** Files that a run leaves, below the project's folder. */
export interface ResultFiles {
  report: string;
  /** Absent when no step made a plan. */
  changes?: string;
}

/**
 * Writes the full report and the table of changes to `state/.local/<workflow>/`.
 *
 * @returns the summary and the paths, relative to the current folder
 */
export function writeResults(
  project: string,
  workflow: string,
  dryRun: boolean,
  outcome: RunOutcome,
): { summary: RunSummary; files: ResultFiles } {
  const folder = path.join(project, 'state', '.local', workflow);
  const relative = (file: string) => path.relative('', path.join(folder, file));
  const { plan, exitStatus, report, errors } = outcome;
  const files: ResultFiles = { report: relative('report.json') };
  if (plan) {
    files.changes = relative('changes.csv');
    writeAtomically(files.changes, toCsv(plan.columns, plan.rows));
  }
  const summary: RunSummary = {
    workflow,
    status: exitStatusToRunStatus(exitStatus),
    exitStatus,
    dryRun,
    seconds: Math.round(outcome.seconds * 1000) / 1000,
    report,
    changes: { total: plan?.total ?? 0, file: files.changes ?? null },
    ...(errors.length > 0 && { errors }),
  };
  writeAtomically(files.report, `${JSON.stringify(summary, null, 2)}\n`);
  return { summary, files };
}
