import type { PlanTable } from '../../../../common/src/plan.js';
import { MAX_LISTED, type Rejected, type StepReport } from '../../../../common/src/report.js';
import type { AggregateReport } from '../aggregate/report-data.js';
import type { Dhis2Client } from '../client.js';
import { mappingProblems } from '../problems.js';
import { applyChanges } from './apply-changes.js';
import { createChangeList } from './changes.js';
import { applyCompletion, planCompletion } from './complete.js';
import { readCurrentValues } from './current-values.js';
import { type ImportDialect, importDialect } from './dialect.js';
import { closedProblems, gateChanges } from './gate-changes.js';
import type { Refusal } from './offenders.js';
import type { UpsertDataValuesOptions } from './options.js';
import { type PlanTotals, planSlice } from './plan-slice.js';
import { toPlanTable } from './plan-table.js';
import { hasDuplicates, preferUsedCombos } from './preferred-combos.js';
import { createProvenance, type Provenance } from './provenance.js';
import { readBack } from './read-back.js';
import { scopeRoots, timeSlices } from './scope.js';
import { createSender } from './send-rows.js';
import { inspectTarget, type Target } from './target.js';

type Options = Required<UpsertDataValuesOptions>;

/** What a run works with once the mapping is known to fit. */
interface Run {
  client: Dhis2Client;
  report: AggregateReport;
  target: Target;
  dialect: ImportDialect;
  provenance: Provenance;
  roots: string[];
  options: Options;
}

/**
 * Brings the values of a report's cells to what was counted: inspect, plan, apply, read back.
 *
 * @param dryRun stop after the plan
 * @throws IntegrationError `MAPPING_PROBLEMS` (configuration) with everything that does not fit;
 * nothing was written then
 */
export async function upsertReport(
  client: Dhis2Client,
  report: AggregateReport,
  options: Options,
  dryRun: boolean,
): Promise<{ plan: PlanTable; report: StepReport }> {
  const { target, problems, info } = await inspectTarget(client, report);
  if (!target) throw mappingProblems(problems, info.version);
  const run: Run = {
    client,
    report,
    target,
    options,
    dialect: importDialect(info.minor),
    provenance: createProvenance(report.outbreak.id, target.account.username),
    roots: scopeRoots(report, target),
  };
  const totals = await planReport(run);
  const gated = gateChanges(report, target, run.dialect, totals.changes);
  if (gated.closed.length > 0 && options.closedPeriods === 'stop') {
    throw mappingProblems(closedProblems(gated.closed), info.version);
  }
  const plan = await toPlanTable(client, report, target, totals.changes);
  const refused = dryRun ? gated.closed : await apply(run, totals, gated.open, gated.closed);
  const completed = await complete(run, totals, refused, dryRun);
  return { plan, report: toStepReport(run, totals, refused, { dryRun, completed }) };
}

async function planReport(run: Run): Promise<PlanTotals> {
  const { client, report, target, roots } = run;
  const slices = timeSlices(report, target);
  const read = (slice: (typeof slices)[number]) =>
    readCurrentValues(client, target.dataSet.id, roots, slice);
  async function* readAll() {
    for (const slice of slices) yield await read(slice);
  }
  const preferred = await preferUsedCombos(
    target.elements,
    hasDuplicates(target.elements) ? readAll() : [],
  );
  const totals: PlanTotals = { changes: createChangeList(), unchanged: 0, kept: 0, contested: [] };
  for (const slice of slices) {
    planSlice({ ...run, ...run.options, preferred }, slice, await read(slice), totals);
  }
  return totals;
}

/** @returns everything that was refused: by the calendar, by the server, or found wrong afterwards */
async function apply(
  run: Run,
  { changes }: PlanTotals,
  open: number[],
  closed: Refusal[],
): Promise<Refusal[]> {
  const { client, target, options } = run;
  const send = createSender(client, target.dataSet.id, options.async);
  const refused = await applyChanges(send, { ...run, chunkSize: options.chunkSize }, changes, open);
  const refusedAt = new Set(refused.map(({ index }) => index));
  const taken = open.filter(position => !refusedAt.has(position));
  return [...closed, ...refused, ...(await readBack(client, run, changes, taken))];
}

async function complete(
  run: Run,
  { changes }: PlanTotals,
  refused: Refusal[],
  dryRun: boolean,
): Promise<number> {
  if (!run.options.complete) return 0;
  const unfinished = new Set(
    refused.map(({ index }) => {
      const { orgUnit, period } = changes.at(index);
      return `${orgUnit} ${period}`;
    }),
  );
  const registrations = await planCompletion(run.client, run.report, run.target, {
    roots: run.roots,
    unfinished,
  });
  if (!dryRun) await applyCompletion(run.client, registrations);
  return registrations.length;
}

function toStepReport(
  { target, client }: Run,
  { changes, unchanged, kept, contested }: PlanTotals,
  refused: Refusal[],
  { dryRun, completed }: { dryRun: boolean; completed: number },
): StepReport {
  const refusedAt = new Set(refused.map(({ index }) => index));
  let created = 0;
  let updated = 0;
  for (let i = 0; i < changes.length; i += 1) {
    if (refusedAt.has(i)) continue;
    if (changes.at(i).old === null) created += 1;
    else updated += 1;
  }
  const rejected: Rejected[] = [
    ...refused.map(({ index, code, message }) => {
      const { orgUnit, period, element, categoryOptionCombo } = changes.at(index);
      const id = `${orgUnit}/${period}/${target.elements[element]!.element.id}/${categoryOptionCombo}`;
      return { kind: 'data value', id, code, message };
    }),
    ...contested.map(id => ({
      kind: 'data value',
      id,
      code: 'CELL_OF_ANOTHER_OUTBREAK',
      message:
        "Another outbreak's run has written this value; give each outbreak its own data elements or attribute option combo, or set owner: 'data-set'.",
    })),
  ];
  return {
    read: changes.length + unchanged + contested.length,
    created,
    updated,
    unchanged,
    rejectedCount: rejected.length,
    rejected: rejected.slice(0, MAX_LISTED),
    ...(completed > 0 ? { completed } : {}),
    ...(kept > 0 ? { warnings: [keptWarning(kept)] } : {}),
    requests: client.requests,
    dryRun,
  };
}

function keptWarning(kept: number): string {
  return `Left as they are, since others wrote them: ${kept} values without a count; owner: 'data-set' sets them to zero.`;
}
