import { existsSync } from 'node:fs';
import { toPercent } from '#common/reporting/coverage.js';
import { formatCount } from '#common/reporting/format-count.js';
import { findRecord, requireReport } from '../../record/read-record.js';
import { filesOf, type RunRecord } from '../../record/records.js';
import type { RunReport } from '../../record/run-report.js';
import { listRunRows, type RunRow } from '../../record/run-rows.js';
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

function toCells(row: RunRow): (string | number | null)[] {
  const { time, workflow, dryRun, undoOf, status, created, updated, rejected, coverage } = row;
  const counts = [created, updated, rejected].map(count =>
    count === undefined ? null : formatCount(count),
  );
  const share = coverage === undefined ? null : toPercent(coverage);
  const kind = [status, ...(undoOf ? ['undo'] : []), ...(dryRun ? ['dry run'] : [])].join(', ');
  return [time, workflow, kind, ...counts, share];
}

/** `godata-dhis2 runs`: lists the records of runs, the newest first. */
export function listRuns({ project, workflow, json }: RunsOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const rows = listRunRows(project, workflow);
    if (json) printJson(rows);
    else if (rows.length === 0) print(['No run has left a record yet.']);
    else print(formatTable(COLUMNS, rows.map(toCells)));
    return 0;
  });
}

/** `godata-dhis2 runs show`: prints what a run did, as the run itself did, and its files. */
export function showRun(time: string, options: RunsOptions): Promise<ExitStatus> {
  return reportErrors(async () => {
    const record = findRecord(options.project, time, options.workflow);
    const report = requireReport(record);
    if (options.json) printJson(report);
    else print(formatRun(record, report));
    return 0;
  });
}

function formatRun(record: RunRecord, report: RunReport): string[] {
  const { workflow, status, dryRun, versions, outbreaks = [], mappingHash, undoOf } = report;
  const { errors = [] } = report;
  const files = filesOf(record);
  const summary = formatSummary({ ...report, steps: [] }, files.report);
  const servers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${record.time}  ${workflow}: ${status}${dryRun ? ', dry run: nothing was written' : ''}`,
    `Versions: ${servers.join(', ')}`,
    ...(outbreaks.length > 0 ? [`Outbreak: ${outbreaks.join(', ')}`] : []),
    ...(mappingHash === undefined ? [] : [`Mapping:  ${mappingHash}`]),
    ...(undoOf === undefined ? [] : [`Undo of:  ${undoOf}`]),
    '',
    ...(summary.length > 0 ? [...summary, ''] : []),
    ...errors.flatMap(formatError),
    ...Object.values(files).filter(file => existsSync(file)),
  ];
}
