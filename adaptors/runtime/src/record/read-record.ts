import { readFileSync } from 'node:fs';
import path from 'node:path';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { filesOf, listRecords, type RunRecord } from './records.js';
import { REPORT_VERSION, type RunReport } from './run-report.js';

/** @returns undefined if the record has no report that this version can read */
export function readReport({ folder }: RunRecord): RunReport | undefined {
  try {
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as RunReport;
    return report.reportVersion === REPORT_VERSION ? report : undefined;
  } catch {
    return undefined;
  }
}

/** @throws IntegrationError `RECORD_UNREADABLE` (configuration) if it has no such report */
export function requireReport(record: RunRecord): RunReport {
  const report = readReport(record);
  if (report) return report;
  const file = filesOf(record).report;
  throw new IntegrationError({
    code: 'RECORD_UNREADABLE',
    message: `The record ${record.time} has no report that this version can read: ${file}.`,
    fix: 'It was written by another version, or changed. Delete its folder if you do not need it.',
    kind: 'configuration',
  });
}

/**
 * Finds the record that a user names.
 *
 * @param word `last`, or the time of a run as `godata-dhis2 runs` lists it; its beginning suffices
 * @param workflow only records of this workflow
 * @throws IntegrationError `NO_RUNS`, `UNKNOWN_RUN`, `AMBIGUOUS_RUN`, kind `configuration`
 */
export function findRecord(project: string, word: string, workflow?: string): RunRecord {
  const records = listRecords(project, workflow);
  const [newest] = records;
  if (!newest) {
    const of = workflow === undefined ? 'this project' : `the workflow ${workflow}`;
    throw configurationError('NO_RUNS', `There is no record of a run of ${of}.`, {
      fix: 'Records are below state/.local/runs of the project, which --project names.',
    });
  }
  if (word === 'last') return newest;
  const exact = records.filter(({ time }) => time === word);
  const found = exact.length > 0 ? exact : records.filter(({ time }) => time.startsWith(word));
  if (found.length === 1) return found[0]!;
  const list = (found.length > 0 ? found : records).slice(0, 5);
  const fix = `Name one of: ${list.map(one => `${one.time} (${one.workflow})`).join(', ')}.`;
  if (found.length === 0) throw configurationError('UNKNOWN_RUN', `No run is ${word}.`, { fix });
  throw configurationError('AMBIGUOUS_RUN', `${found.length} runs begin with ${word}.`, {
    fix: `${fix} --workflow tells runs of the same second apart.`,
  });
}
