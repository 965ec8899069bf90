import { existsSync } from 'node:fs';
import { shareOf, toPercent } from '#common/reporting/coverage.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { formatCount } from '#common/reporting/format-count.js';
import { findRecord, readReport } from '../../record/read-record.js';
import { filesOf, listRecords, type RunRecord } from '../../record/records.js';
import type { RunReport } from '../../record/run-report.js';
import { coverageOf, type Totals, totalsOf } from '../../record/totals.js';
import type { ExitStatus } from '../../run/exit-status.js';
import { formatError } from '../print/errors.js';
import { print } from '../print/print-lines.js';
import { formatSummary } from '../print/summary.js';
import { formatTable } from '../print/table.js';
import { toVisibleJson } from '../print/visible.js';
import { reportErrors } from '../report-errors.js';

/** Options of `godata-dhis2 runs`. */
export interface RunsOptions {
  workflow?: string;
  json?: boolean;
  /** Folder of project.yaml. */
  project: string;
}

const COLUMNS = ['time', 'workflow', 'status', 'created', 'updated', 'rejected', 'coverage'];

const printJson = (document: unknown) => process.stdout.write(`${toVisibleJson(document)}\n`);

/** A row of the list. */
interface Row extends Partial<Totals> {
  time: string;
  workflow: string;
  status: RunReport['status'] | 'unreadable';
  dryRun: boolean;
  /** From 0 to 1. */
  coverage?: number;
}

function toRow({ time, workflow }: RunRecord, report: RunReport | undefined): Row {
  if (!report) return { time, workflow, status: 'unreadable', dryRun: false };
  const coverage = coverageOf(report);
  return {
    time,
    workflow,
    status: report.status,
    dryRun: report.dryRun,
    ...totalsOf(report),
    ...(coverage ? { coverage: Math.floor(shareOf(coverage) * 1000) / 1000 } : {}),
  };
}

function toCells(row: Row): (string | number | null)[] {
  const { time, workflow, dryRun, status, created, updated, rejected, coverage } = row;
  const counts = [created, updated, rejected].map(count =>
    count === undefined ? null : formatCount(count),
  );
  const share = coverage === undefined ? null : toPercent(coverage);
  return [time, workflow, dryRun ? `${status}, dry run` : status, ...counts, share];
}

/** `godata-dhis2 runs`: lists the records of runs, the newest first. */
export function listRuns({ project, workflow, json }: RunsOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const rows = listRecords(project, workflow).map(record => toRow(record, readReport(record)));
    if (json) printJson(rows);
    else if (rows.length === 0) print(['No run has left a record yet.']);
    else print(formatTable(COLUMNS, rows.map(toCells)));
    return 0;
  });
}

function unreadable({ time }: RunRecord, file: string): IntegrationError {
  return new IntegrationError({
    code: 'RECORD_UNREADABLE',
    message: `The record ${time} has no report that this version can read: ${file}.`,
    fix: 'It was written by another version, or changed. Delete its folder if you do not need it.',
    kind: 'configuration',
  });
}

/** `godata-dhis2 runs show`: prints what a run did, as the run itself did, and its files. */
export function showRun(time: string, options: RunsOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const record = findRecord(options.project, time, options.workflow);
    const files = filesOf(record);
    const report = readReport(record);
    if (!report) throw unreadable(record, files.report);
    if (options.json) printJson(report);
    else print(formatRun(record, report));
    return 0;
  });
}

function formatRun(record: RunRecord, report: RunReport): string[] {
  const { workflow, status, dryRun, versions, outbreaks = [], mappingHash, errors = [] } = report;
  const files = filesOf(record);
  const summary = formatSummary({ ...report, steps: [] }, files.report);
  const servers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${record.time}  ${workflow}: ${status}${dryRun ? ', dry run: nothing was written' : ''}`,
    `Versions: ${servers.join(', ')}`,
    ...(outbreaks.length > 0 ? [`Outbreak: ${outbreaks.join(', ')}`] : []),
    ...(mappingHash === undefined ? [] : [`Mapping:  ${mappingHash}`]),
    '',
    ...(summary.length > 0 ? [...summary, ''] : []),
    ...errors.flatMap(formatError),
    ...Object.values(files).filter(file => existsSync(file)),
  ];
}
