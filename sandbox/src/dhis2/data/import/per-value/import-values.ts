import { canWriteData } from '#sandbox/dhis2/accounts/access.js';
import { registerComplete } from '../completion.js';
import type { ImportRun } from '../import-run.js';
import { strategyOf } from '../options.js';
import { checkCell } from './check-cell.js';
import { addProblem, type Problem } from './problem.js';
import { type Header, resolveRow } from './resolve-row.js';
import { writeCell } from './write-cell.js';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The importer up to 2.42. The objects that the header names must exist, otherwise nothing is
 * imported; then each value is accepted or refused on its own (dhis2 FACTS §0). The outcome is in
 * the run's summary.
 *
 * @throws Error when the payload's strategy or complete date is malformed, as on the server
 */
export function importValues(run: ImportRun): void {
  const { payload, summary } = run;
  const header = resolveHeader(run);
  const problems = checkHeader(run, header);
  if (problems.length > 0) {
    for (const problem of problems) addProblem(summary, problem);
    summary.status = 'ERROR';
    summary.isAborted = true;
    summary.description = 'Import process was aborted';
    return;
  }
  const strategy = payload.strategy ? strategyOf(payload.strategy) : run.options.importStrategy;
  complete(run, header);
  const added = new Set<string>();
  for (const row of payload.rows) {
    const cell = resolveRow(run, header, row);
    const found = Array.isArray(cell) ? cell : checkCell(run, cell);
    for (const problem of found) addProblem(summary, problem, row.index);
    if (found.length > 0) {
      summary.ignored += 1;
      summary.reject(row.index);
    } else if (!Array.isArray(cell)) {
      writeCell(run, strategy, cell, added);
    }
  }
  const { imported, updated, ignored } = summary;
  summary.stages.push(
    `Import summary: [imports=${imported}, updates=${updated}, ignores=${ignored}]`,
  );
  summary.status = summary.hasConflicts ? 'WARNING' : 'SUCCESS';
  summary.description = 'Import process completed successfully';
}

function resolveHeader({ payload, lookups, periodOf }: ImportRun): Header {
  return {
    dataSet: lookups.dataSet(payload.dataSet),
    period: periodOf(payload.period),
    orgUnit: lookups.orgUnit(payload.orgUnit),
    attributeOptionCombo: lookups.attributeOptionCombo(payload.attributeOptionCombo),
  };
}

function checkHeader({ payload, user }: ImportRun, header: Header): Problem[] {
  const problems: Problem[] = [];
  const dataSet = payload.dataSet ?? 'null';
  if (payload.dataSet && !header.dataSet) problems.push({ code: 'E7600', args: [dataSet] });
  if (header.dataSet && !canWriteData(user, header.dataSet)) {
    problems.push({ code: 'E7601', args: [dataSet] });
  }
  if (payload.orgUnit && !header.orgUnit) {
    problems.push({ code: 'E7603', args: [payload.orgUnit, dataSet] });
  }
  if (payload.attributeOptionCombo && !header.attributeOptionCombo) {
    problems.push({ code: 'E7604', args: [payload.attributeOptionCombo, dataSet] });
  }
  return problems;
}

/** Registers completeness before the values are written, even if they fail (dhis2 FACTS §0). */
function complete({ store, user, payload, summary, options, now }: ImportRun, header: Header) {
  const { completeDate } = payload;
  if (!header.dataSet || completeDate === undefined || /^false$/i.test(completeDate)) return;
  const isToday = /^true$/i.test(completeDate);
  if (!isToday && !ISO_DAY.test(completeDate)) {
    throw new Error(`Text '${completeDate}' could not be parsed at index 0`);
  }
  const date = isToday || completeDate > now.day ? now.day : completeDate;
  for (const [name, object] of [
    ['OrganisationUnit', header.orgUnit],
    ['Period', header.period],
  ] as const) {
    if (object) continue;
    const value = 'Must be provided to complete data set';
    summary.addConflict({ object: name, objects: {}, property: name, value, indexes: [] });
    return;
  }
  const completion = {
    dataSet: header.dataSet.id,
    period: header.period!.id,
    orgUnit: header.orgUnit!.id,
    attributeOptionCombo: store.metadata.defaultOptionCombo,
    date,
  };
  if (!options.dryRun) registerComplete(store, user, completion);
  summary.dataSetComplete = date;
}
