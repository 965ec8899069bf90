import { type Brake, checkLargeChange, type Loss } from '#common/brake/large-change.js';
import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import type { UndoTable } from '#common/reporting/undo-table.js';
import type { GoDataClient } from '../client/client.js';
import type { Location } from '../client/requests/locations.js';
import { applyPlan } from './apply/apply-plan.js';
import { LocationTree } from './plan/location-tree.js';
import { type LocationPlan, planBatch } from './plan/plan-batch.js';
import { toPlanTable } from './plan-table.js';
import { toUndoTable } from './undo-table.js';

/** The fields that a plan compares. */
export const LOCATION_FIELDS: (keyof Location)[] = [
  'name',
  'parentLocationId',
  'identifiers',
  'synonyms',
  'active',
  'geoLocation',
  'geographicalLevelId',
  'populationDensity',
  'deleted',
];

/** A dry run cannot continue: the parents of the next part are not written yet. */
const FIRST_PART =
  'The tree is larger than one run. A dry run shows only the changes of this part.';

/** The result of a batch. */
export interface UpsertResult {
  plan: PlanTable;
  undo: UndoTable;
  /** Ids of locations to deactivate with the last part of the tree. */
  closing: string[];
  report: StepReport;
}

/**
 * Writes a batch of locations to Go.Data: reads all locations once, makes a plan and writes only
 * the differences.
 *
 * @param closing ids of locations to deactivate, from earlier parts of the tree
 * @param brake whether to stop after the plan, and how much may be deactivated
 * @param keepPlanned called before the first write with all planned changes
 * @throws IntegrationError `LARGE_CHANGE` (configuration); nothing was written
 */
export async function upsertBatch(
  client: GoDataClient,
  batch: MappedLocationBatch,
  closing: readonly string[],
  brake: Brake,
  keepPlanned: (undo: UndoTable) => void,
): Promise<UpsertResult> {
  const { dryRun } = brake;
  const existing: Location[] = [];
  for await (const page of client.locations(LOCATION_FIELDS, { withDeleted: true }))
    existing.push(...page);
  const plan = planBatch(batch, existing, closing);
  const large = checkLargeChange([lossOf(plan)], brake);
  if (!dryRun) keepPlanned(toUndoTable(plan, existing, new Map()));
  const refused =
    dryRun || isEmpty(plan)
      ? new Map<string, Rejected>()
      : await applyPlan(client, plan, treeOf(existing), batch.mark);
  return {
    plan: toPlanTable(plan, existing, refused),
    undo: toUndoTable(plan, existing, refused),
    closing: plan.closing,
    report: {
      read: batch.locations.length,
      ...countChanges(plan, refused),
      ...listed([...plan.rejected, ...refused.values()], plan.adjusted),
      ...warnings([...large, ...(dryRun && batch.next ? [FIRST_PART] : [])]),
      ...client.usage,
      dryRun,
    },
  };
}

function isEmpty({ before, creates, after, deactivations }: LocationPlan): boolean {
  return [before, creates, after, deactivations].every(({ length }) => length === 0);
}

function treeOf(locations: readonly Location[]): LocationTree {
  return new LocationTree(locations.filter(one => !one.deleted));
}

/** In the early parts of a tree, the locations that the last part would deactivate. */
function lossOf({ deactivations, closing, kept, isForeign }: LocationPlan): Loss {
  const count = Math.max(deactivations.length, closing.length);
  return { what: 'locations', verb: 'deactivate', count, owned: kept, isForeign };
}

function warnings(lines: readonly string[]): Pick<StepReport, 'warnings'> {
  return lines.length > 0 ? { warnings: [...lines] } : {};
}

function countChanges(
  { creates, before, after, deactivations, unchanged }: LocationPlan,
  refused: ReadonlyMap<string, Rejected>,
): Pick<StepReport, 'created' | 'updated' | 'unchanged' | 'deactivated'> {
  const count = (ids: Iterable<string>) => [...new Set(ids)].filter(id => !refused.has(id)).length;
  return {
    created: count(creates.map(({ id }) => id)),
    updated: count([...before, ...after].map(({ id }) => id)),
    unchanged,
    deactivated: count(deactivations),
  };
}
