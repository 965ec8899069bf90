import { type Brake, checkLargeChange, type Loss } from '#common/brake/large-change.js';
import type { AggregateReport } from '#common/handover/aggregate-report.js';
import type { Comparison } from '#common/reporting/comparison.js';
import { mappingProblems, type Problem } from '#common/reporting/mapping-problems.js';
import type { PlanTable } from '#common/reporting/plan.js';
import {
  MAX_LISTED,
  type Rejected,
  type StepReport,
  withWarnings,
} from '#common/reporting/report.js';
import type { UndoTable } from '#common/reporting/undo-table.js';
import type { Dhis2Client } from '../client/client.js';
import { applyChanges } from './apply/apply-changes.js';
import { applyCompletion, planCompletion } from './apply/complete.js';
import { readBack } from './apply/read-back.js';
import { type ImportDialect, importDialect } from './dialect.js';
import { hintFor, warningsOf } from './import/known-faults.js';
import type { Refusal } from './import/refused-rows.js';
import { createSender } from './import/send-rows.js';
import { inspectTarget, type Target } from './mapping/target.js';
import type { ResolvedUpsert } from './options.js';
import { type ChangeList, createChangeList } from './plan/changes.js';
import { closedPeriods } from './plan/closed-periods.js';
import { compare, noStoredSums } from './plan/compare.js';
import { createDuplicateSlots } from './plan/duplicate-slots.js';
import { type Cell, type PlanTotals, planSlice } from './plan/plan-slice.js';
import { orgUnitNames, toPlanTable } from './plan/plan-table.js';
import { createProvenance, type Provenance } from './plan/provenance.js';
import { readScope } from './plan/read-scope.js';
import { createSlots } from './plan/slots.js';
import { toUndoTable } from './plan/undo-table.js';

/** The input of a run, after the mapping was found to fit. */
interface Run {
  client: Dhis2Client;
  report: AggregateReport;
  target: Target;
  dialect: ImportDialect;
  provenance: Provenance;
  options: ResolvedUpsert;
}

/** The result of applying a plan. */
interface Outcome {
  /** Refused changes, by position in the list of changes. */
  refused: Refusal[];
  completed: number;
  /** Registrations that the server refused. */
  incomplete: Rejected[];
}

/** What a run planned and did. */
export interface UpsertResult {
  plan: PlanTable;
  undo: UndoTable;
  comparison: Comparison;
  report: StepReport;
}

/**
 * Writes the values of a report to the server: check, plan, apply, read back.
 *
 * @param brake whether to stop after the plan, and how many values may become zero
 * @param keepPlanned called before the first write with all planned changes
 * @throws IntegrationError `MAPPING_PROBLEMS` (configuration) with every problem of the mapping;
 * nothing was written then
 */
export async function upsertReport(
  client: Dhis2Client,
  report: AggregateReport,
  options: ResolvedUpsert,
  brake: Brake,
  keepPlanned: (undo: UndoTable) => void,
): Promise<UpsertResult> {
  const { target, problems, info } = await inspectTarget(client, report);
  const low = lowCoverageProblems(report);
  if (!target) throw mappingProblems([...problems, ...low], info.version);
  const run: Run = {
    client,
    report,
    target,
    options,
    dialect: importDialect(info.minor),
    provenance: createProvenance(report.outbreak.id, target.account.username),
  };
  const totals = await planReport(run);
  const stops = [
    ...low,
    ...nothingMappedProblems(report, totals.changes),
    ...(options.closedPeriods === 'stop' ? closedPeriods(target, totals.changes) : []),
  ];
  if (stops.length > 0) throw mappingProblems(stops, info.version);
  const { dryRun } = brake;
  const large = checkLargeChange([lossOf(totals)], brake);
  const names = await orgUnitNames(client, report, totals.changes);
  const planned = dryRun ? undefined : toUndoTable(target, totals.changes, new Set());
  if (planned) keepPlanned(planned);
  const outcome = dryRun ? await planOnly(run, totals) : await apply(run, totals);
  const refused = new Set(outcome.refused.map(({ index }) => index));
  const plan = toPlanTable(target, totals.changes, names, refused);
  const isAsPlanned = planned !== undefined && refused.size === 0;
  const undo = isAsPlanned ? planned : toUndoTable(target, totals.changes, refused);
  const isTaken = (position: number) => !dryRun && !refused.has(position);
  const comparison = compare(report, target, totals.stored, totals.changes, isTaken);
  const told = withWarnings({ ...toStepReport(run, totals, outcome), dryRun }, large);
  return { plan, undo, comparison, report: told };
}

/** Values of this workflow, and those of them that would become zero. */
function lossOf({ changes, unchanged }: PlanTotals): Loss {
  let count = 0;
  let old = 0;
  for (let i = 0; i < changes.length; i += 1) {
    const { old: before, value } = changes.at(i);
    if (before === null || before.trim() === '') continue;
    old += 1;
    if (value === 0) count += 1;
  }
  return { what: 'values', verb: 'set to zero', count, owned: old + unchanged };
}

/** Stops a run in which values would become zero only because the mapping matches no record any more. */
function nothingMappedProblems(
  { nothingMapped }: AggregateReport,
  { length }: ChangeList,
): Problem[] {
  if (nothingMapped === undefined || length === 0) return [];
  return [
    { code: 'NOTHING_MAPPED', message: `${nothingMapped}; ${length} values would fall to zero.` },
  ];
}

/** Stops a run that would write much less than the source has: the mapping fits another source. */
function lowCoverageProblems({ lowCoverage }: AggregateReport): Problem[] {
  return lowCoverage === undefined ? [] : [{ code: 'LOW_COVERAGE', message: lowCoverage }];
}

async function planReport(run: Run): Promise<PlanTotals> {
  const { client, report, target } = run;
  const slots = createSlots(target.elements);
  const context = { ...run, ...run.options, slots };
  const totals: PlanTotals = {
    changes: createChangeList(),
    unchanged: 0,
    kept: 0,
    contested: [],
    stored: noStoredSums(target),
  };
  const duplicates = createDuplicateSlots(slots);
  for await (const read of readScope(client, report, target)) {
    planSlice(context, duplicates.single, read.slice, duplicates.holdBack(read), totals);
  }
  const { chosen, slices } = duplicates.choose();
  for (const { slice, values } of slices) planSlice(context, chosen, slice, values, totals);
  return totals;
}

async function planOnly(
  { client, report, target, options }: Run,
  totals: PlanTotals,
): Promise<Outcome> {
  const registrations = options.complete
    ? await planCompletion(client, report, target, unfinished(totals, []))
    : [];
  return { refused: [], completed: registrations.length, incomplete: [] };
}

async function apply(run: Run, totals: PlanTotals): Promise<Outcome> {
  const { client, report, target, options } = run;
  const { changes } = totals;
  const all = Array.from({ length: changes.length }, (_, position) => position);
  const send = createSender(client, target.dataSet.id, options.async);
  const rejected = await applyChanges(send, { target, chunkSize: options.chunkSize }, changes, all);
  const rejectedAt = new Set(rejected.map(({ index }) => index));
  const taken = all.filter(position => !rejectedAt.has(position));
  const refused = [...rejected, ...(await readBack(client, run, changes, taken))];
  if (!options.complete) return { refused, completed: 0, incomplete: [] };
  const registrations = await planCompletion(client, report, target, unfinished(totals, refused));
  const incomplete = await applyCompletion(client, target, registrations);
  return { refused, completed: registrations.length - incomplete.length, incomplete };
}

/** Org units and periods in which a value is not as planned: `orgUnit period`. */
function unfinished({ changes, contested }: PlanTotals, refused: readonly Refusal[]): Set<string> {
  const cells = [...contested, ...refused.map(({ index }) => changes.at(index))];
  return new Set(cells.map(({ orgUnit, period }) => `${orgUnit} ${period}`));
}

function toStepReport(
  { target, client }: Run,
  { changes, unchanged, kept, contested }: PlanTotals,
  { refused, completed, incomplete }: Outcome,
): StepReport {
  const rejected: Rejected[] = [
    ...refused.map(({ index, code, message }) => {
      const { element, ...change } = changes.at(index);
      const dataElement = target.elements[element]!.element.id;
      const id = cellId({ ...change, dataElement });
      return { kind: 'data value', id, code, message: `${message}${hintFor(code, target.info)}` };
    }),
    ...contested.map(cell => ({
      kind: 'data value',
      id: cellId(cell),
      code: 'CELL_OF_ANOTHER_OUTBREAK',
      message:
        "The run of another outbreak has written this value. Give each outbreak its own data elements or attribute option combo, or set owner: 'data-set'.",
    })),
    ...incomplete,
  ];
  const warnings = [
    ...(kept > 0 ? [keptWarning(kept)] : []),
    ...(changes.length > 0 ? warningsOf(target.dataSet, target.info) : []),
  ];
  return {
    read: changes.length + unchanged + contested.length,
    ...countTaken(changes, refused),
    unchanged,
    rejectedCount: rejected.length,
    rejected: rejected.slice(0, MAX_LISTED),
    ...(completed > 0 ? { completed } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...client.usage,
  };
}

function cellId({ orgUnit, period, dataElement, categoryOptionCombo }: Cell): string {
  return `${orgUnit}/${period}/${dataElement}/${categoryOptionCombo}`;
}

function countTaken(changes: ChangeList, refused: readonly Refusal[]) {
  const refusedAt = new Set(refused.map(({ index }) => index));
  const counts = { created: 0, updated: 0 };
  for (let i = 0; i < changes.length; i += 1) {
    if (refusedAt.has(i)) continue;
    if (changes.at(i).old === null) counts.created += 1;
    else counts.updated += 1;
  }
  return counts;
}

function keptWarning(kept: number): string {
  return `${kept} values have no count but were written by others, so they stay. With owner: 'data-set' they become zero.`;
}
