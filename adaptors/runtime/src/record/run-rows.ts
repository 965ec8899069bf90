import { shareOf } from '#common/reporting/coverage.js';
import { readReport } from './read-record.js';
import { listRecords, type RunRecord } from './records.js';
import type { RunReport } from './run-report.js';
import { coverageOf, type Totals, totalsOf } from './totals.js';

/** A run in the list of all runs. */
export interface RunRow extends Partial<Totals> {
  time: string;
  workflow: string;
  status: RunReport['status'] | 'unreadable';
  dryRun: boolean;
  /** Time of the run that it took back. */
  undoOf?: string;
  /** From 0 to 1. */
  coverage?: number;
}

/** The records of a project, or of one workflow, with what each run did, the newest first. */
export function listRunRows(project: string, workflow?: string): RunRow[] {
  return listRecords(project, workflow).map(record => toRow(record, readReport(record)));
}

function toRow({ time, workflow }: RunRecord, report: RunReport | undefined): RunRow {
  if (!report) return { time, workflow, status: 'unreadable', dryRun: false };
  const coverage = coverageOf(report);
  return {
    time,
    workflow,
    status: report.status,
    dryRun: report.dryRun,
    ...(report.undoOf === undefined ? {} : { undoOf: report.undoOf }),
    ...totalsOf(report),
    ...(coverage ? { coverage: Math.floor(shareOf(coverage) * 1000) / 1000 } : {}),
  };
}
