import { IntegrationError } from '#common/reporting/errors.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { type RunError, toRunError } from '../../engine/run-error.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { filesOf, type RunRecord } from '../../record/records.js';
import type { RunNotes } from '../../record/run-notes.js';
import { type RunReport, toRunReport } from '../../record/run-report.js';
import type { ExitStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { toCsv } from '../print/csv.js';
import { printError } from '../print/print-lines.js';
import { toVisibleJson } from '../print/visible.js';
import { oldValuesOf } from './old-values.js';
import type { RunOptions } from './run-options.js';

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

/** What a run leaves, and where. */
export interface Results {
  options: RunOptions;
  outcome: RunOutcome & { passes?: number };
  record: RunRecord;
  notes: RunNotes;
  /** Whether `undo.csv` holds all of it already. */
  isUndoKept: boolean;
  /** When the run began, in milliseconds since 1970. */
  startedAt: number;
  mappingHash: string;
  servers: Record<string, string>;
  undoOf?: string | undefined;
}

/**
 * Writes the record of a run, and the final state if a file is named for it. If a file cannot be
 * written, the run ends with status 1.
 *
 * @returns the report, with all errors
 */
export async function writeResults(results: Results): Promise<RunReport> {
  const { options, outcome, record, notes, isUndoKept } = results;
  const { startedAt, mappingHash, servers, undoOf } = results;
  const files = filesOf(record);
  const { plan, report, seconds, passes, workflow } = outcome;
  const errors = [...outcome.errors];
  const attempt = (file: string, text: string | Iterable<string>): boolean => {
    try {
      writeAtomically(file, text, { isPrivate: true });
      return true;
    } catch (error) {
      errors.push(toWriteError(file, error));
      return false;
    }
  };
  const hasChanges = plan !== undefined && attempt(files.changes, toCsv(plan.columns, plan.rows));
  const undo = options.dryRun || isUndoKept ? undefined : oldValuesOf(notes);
  if (undo !== undefined) attempt(files.undo, undo);
  if (options.output) attempt(options.output, toStateFile(outcome.state));
  const figures = notes.figures(report);
  const summarize = (): RunReport => {
    const isUnwritten = errors.length > outcome.errors.length && outcome.exitStatus !== 2;
    const exitStatus: ExitStatus = isUnwritten ? 1 : outcome.exitStatus;
    const changes = { total: plan?.total ?? 0, file: hasChanges ? files.changes : null };
    const { outbreaks } = notes;
    const { dryRun } = options;
    const times = { startedAt, seconds };
    const told = { report, changes, errors, figures, outbreaks, mappingHash, servers, undoOf };
    return toRunReport({ workflow, exitStatus, dryRun, passes, ...times, ...told });
  };
  const page = await makePage(record.time, summarize(), plan);
  if (page !== undefined) attempt(files.page, page);
  const summary = summarize();
  return attempt(files.report, toJson(summary)) ? summary : summarize();
}

/** A page that cannot be made must not spoil a run: everything that it shows is in the other files. */
async function makePage(
  time: string,
  report: RunReport,
  plan: PlanTable | undefined,
): Promise<string | undefined> {
  try {
    const { toPage } = await import('../../record/write-page.js');
    return toPage(time, report, plan);
  } catch (error) {
    printError([`Warning: the page of the run could not be made: ${(error as Error).message}`]);
    return undefined;
  }
}
