import { type Brake, checkLargeChange, type Loss } from '#common/brake/large-change.js';
import type { MappedOrgUnitBatch } from '#common/handover/mapped-org-unit-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { listed, type StepReport } from '#common/reporting/report.js';
import type { UndoTable } from '#common/reporting/undo-table.js';
import type { Dhis2Client } from '../client/client.js';
import { applyPlan } from './apply/apply-plan.js';
import { findMissingAuthorities, missingAuthorities } from './check-account.js';
import { readTree } from './fetch/read-tree.js';
import { chooseTargets } from './plan/choose-targets.js';
import { type KnownOrgUnit, OrgUnitIndex } from './plan/org-unit-index.js';
import { type PlanStep, planBatch } from './plan/plan-batch.js';
import type { Targets } from './plan/target.js';
import { toPlanTable } from './plan-table.js';
import { readById } from './read-by-id.js';
import type { RawOrgUnit } from './to-org-unit.js';
import { toUndoTable } from './undo-table.js';

/** The fields to read of every org unit. */
export const KNOWN_FIELDS = 'id,name,code,level,parent[id],closedDate';

/** A dry run cannot continue: the parents of the next part are not written yet. */
const FIRST_PART =
  'The tree is larger than one run. A dry run shows only the changes of this part.';

/** How to write a batch. */
export interface UpsertRun {
  /** Whether to stop after the plan, and how much may be closed. */
  brake: Brake;
  /** `yyyy-MM-dd`; undefined for the server's current date. */
  today: string | undefined;
  maxWrites: number;
}

/** The result of a batch. */
export interface UpsertResult {
  plan: PlanTable;
  undo: UndoTable;
  /** Whether the limit of writes was reached: the next run continues with the same part. */
  isPartial: boolean;
  report: StepReport;
}

/**
 * Writes a batch to DHIS2: reads the position of all org units, and in full those that Go.Data
 * owns; makes a plan and writes only the differences.
 *
 * @param keepPlanned called before the first write with all planned changes
 * @throws IntegrationError `UNKNOWN_ORG_UNIT`, `LARGE_CHANGE` (configuration),
 * `MISSING_PERMISSION`, `READ_INCOMPLETE`
 */
export async function upsertBatch(
  client: Dhis2Client,
  batch: MappedOrgUnitBatch,
  { brake, today, maxWrites }: UpsertRun,
  keepPlanned: (undo: UndoTable) => void,
): Promise<UpsertResult> {
  const { dryRun } = brake;
  const known = await readTree<KnownOrgUnit>(client, [], undefined, KNOWN_FIELDS);
  const before = new Map(known.map(unit => [unit.id, unit]));
  const index = new OrgUnitIndex(known);
  const leftOut = createLeftOutLedger();
  const targets = chooseTargets(batch, index, findUnder(batch, index), leftOut);
  const details = await readById(client, [
    ...targets.targets.flatMap(({ existing }) => existing?.id ?? []),
    ...[...targets.deleted.values()].map(({ id }) => id),
  ]);
  const day = today ?? (await client.systemInfo()).today;
  const plan = planBatch(targets, details, index, day);
  const missing = await findMissingAuthorities(client, plan.steps);
  if (missing.length > 0 && !dryRun) throw missingAuthorities(missing);
  const large = checkLargeChange([lossOf(targets, plan.steps, details)], brake);
  const now = new OrgUnitIndex(known);
  if (!dryRun) keepPlanned(toUndoTable(plan.steps, details));
  const { done, rejected, isPartial } = dryRun
    ? { done: plan.steps, rejected: [], isPartial: false }
    : await applyPlan(client, plan.steps, now, maxWrites);
  return {
    // Refused org units are shown where they still are.
    plan: toPlanTable(done, rejected.length, before, dryRun ? plan.index : now),
    undo: toUndoTable(done, details),
    isPartial,
    report: {
      read: batch.orgUnits.length,
      ...countSteps(done),
      unchanged: plan.unchanged,
      ...listed([...plan.rejected, ...rejected], plan.adjusted),
      ...(leftOut.total() > 0 ? { leftOut: leftOut.list() } : {}),
      ...warnings(missing, dryRun && batch.next !== undefined, large),
      ...client.usage,
      dryRun,
    },
  };
}

/** UID of the org unit below which to create new ones; null for the top. */
function findUnder({ under }: MappedOrgUnitBatch, index: OrgUnitIndex): string | null {
  if (under === undefined) return null;
  const unit = index.get(under) ?? index.withCode(under);
  if (unit) return unit.id;
  throw configurationError(
    'UNKNOWN_ORG_UNIT',
    `The account can see no org unit with the id or code "${under}". Nothing was written.`,
    { fix: 'Correct under in the job.' },
  );
}

function countSteps(
  steps: readonly PlanStep[],
): Pick<StepReport, 'created' | 'updated' | 'deactivated'> {
  const created = steps.filter(({ kind }) => kind === 'create').length;
  const updates = steps.flatMap(step => (step.kind === 'update' ? [step] : []));
  const closed = new Set(
    updates.filter(({ changes }) => changes.closedDate != null).map(({ uid }) => uid),
  );
  const updated = new Set(updates.map(({ uid }) => uid).filter(uid => !closed.has(uid)));
  return { created, updated: updated.size, deactivated: closed.size };
}

/** Open org units that Go.Data owns, and those of them that would be closed. */
function lossOf(
  { targets, deleted }: Targets,
  steps: readonly PlanStep[],
  details: ReadonlyMap<string, RawOrgUnit>,
): Loss {
  const own = [...targets.map(({ uid }) => uid), ...[...deleted.values()].map(({ id }) => id)];
  const open = own.filter(id => details.has(id) && !details.get(id)!.closedDate);
  return {
    what: 'org units',
    verb: 'close',
    count: countSteps(steps).deactivated ?? 0,
    owned: new Set(open).size,
  };
}

function warnings(
  missing: readonly string[],
  isFirstPart: boolean,
  large: readonly string[],
): Pick<StepReport, 'warnings'> {
  const lines = [
    ...large,
    ...(missing.length > 0 ? [`The account lacks the authority ${missing.join(', ')}.`] : []),
    ...(isFirstPart ? [FIRST_PART] : []),
  ];
  return lines.length > 0 ? { warnings: lines } : {};
}
