import path from 'node:path';
import { checkWritable, unwritable } from '../../files/check-writable.js';
import { localFolder } from '../../files/local-folder.js';
import { writeAtomically } from '../../files/write-atomically.js';
import {
  createRecord,
  DEFAULT_KEEP,
  filesOf,
  pruneRecords,
  type RunRecord,
} from '../../record/records.js';
import type { createNoteTaker } from '../../record/run-notes.js';
import { type RunReport, toRunReport } from '../../record/run-report.js';
import type { ReadyRun } from '../../run/run-request.js';
import { printError } from '../print/print-lines.js';
import { oldValuesOf } from './old-values.js';
import { refuseForeignOutput } from './refuse-output.js';
import type { RunOptions } from './run-options.js';
import { toJson } from './write-results.js';

/** The record of a run that has begun. */
interface Begun {
  record: RunRecord;
  mappingHash: string;
  servers: Record<string, string>;
  /** Whether `undo.csv` holds all that was changed until now. */
  isUndoKept: boolean;
}

/** What a running run knows of itself. */
export interface KeptRun {
  workflow: string;
  options: RunOptions;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Absent until all checks are done and the first step may run. */
  begun?: Begun;
  /** Time of the run that this one takes back. */
  undoOf?: string;
  noteTaker: ReturnType<typeof createNoteTaker>;
}

/** The document of a run whose steps have told nothing. */
export function toBareReport(
  run: KeptRun,
  rest: Partial<Parameters<typeof toRunReport>[0]>,
): RunReport {
  const { workflow, options, startedAt, begun, noteTaker, undoOf } = run;
  const { dryRun } = options;
  const seconds = (Date.now() - startedAt) / 1000;
  const { outbreaks } = noteTaker.notes();
  const times = { startedAt, seconds };
  const { mappingHash, servers } = begun ?? {};
  const known = { ...times, outbreaks, mappingHash, servers, undoOf };
  return toRunReport({ workflow: begun?.record.workflow ?? workflow, dryRun, ...known, ...rest });
}

/**
 * Writes a file of the record; the run goes on, or ends, whether that succeeds or not.
 *
 * @returns whether it was written
 */
function keepFile(
  record: RunRecord,
  name: keyof ReturnType<typeof filesOf>,
  text: string | Iterable<string>,
): boolean {
  const file = filesOf(record)[name];
  try {
    writeAtomically(file, text, { isPrivate: true });
    return true;
  } catch (error) {
    printError([`Warning: ${file} could not be written: ${(error as Error).message}`]);
    return false;
  }
}

/** Writes the document of a run into its record. */
export function keepReport({ begun }: KeptRun, report: RunReport): void {
  if (begun) keepFile(begun.record, 'report', toJson(report));
}

/**
 * Writes `undo.csv` while the run goes on, behind a step that has written: if the process is killed
 * later, these changes can be taken back.
 */
export function keepOldValues({ begun, noteTaker }: KeptRun): void {
  const lines = oldValuesOf(noteTaker.notes());
  if (begun && lines !== undefined) begun.isUndoKept = keepFile(begun.record, 'undo', lines);
}

/**
 * Makes the record as soon as all checks are done: a killed run leaves one, too. A drain is several
 * runs with one record.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, `FOREIGN_STATE`, kind `configuration`
 */
export function beginRecord(run: KeptRun, { workflow, jobsHash, servers }: ReadyRun): void {
  const { options, startedAt } = run;
  if (run.begun) return;
  refuseForeignOutput(options, workflow);
  const record = makeRecord(options.project, workflow, startedAt);
  run.begun = { record, mappingHash: jobsHash, servers, isUndoKept: false };
  const { report } = filesOf(record);
  checkWritable(report, { isPrivate: true });
  keepReport(run, toBareReport(run, {}));
}

function makeRecord(project: string, workflow: string, startedAt: number): RunRecord {
  try {
    return createRecord(project, workflow, startedAt);
  } catch (error) {
    const folder = path.relative('', path.join(localFolder(project), 'runs'));
    throw unwritable(folder, (error as Error).message);
  }
}

/** Old records go when a new one is complete. */
export function forgetOldRecords({ options, begun }: KeptRun, warn: (line: string) => void): void {
  if (!begun) return;
  const { project, keepRuns = DEFAULT_KEEP } = options;
  try {
    pruneRecords(project, begun.record.workflow, keepRuns, Date.now());
  } catch (error) {
    warn(`Old records of runs could not be removed: ${(error as Error).message}`);
  }
}
