import { type Brake, checkLargeChange, type Loss } from '#common/brake/large-change.js';
import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedReferenceDataBatch } from '#common/handover/mapped-reference-data-batch.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { listed, type StepReport } from '#common/reporting/report.js';
import type { GoDataClient } from '../client/client.js';
import { type Applied, applyPlan } from './apply/apply-plan.js';
import { findCategories } from './category.js';
import { type KnownItem, readCategories, readExisting } from './known-items.js';
import { createMarks } from './mark.js';
import { planBatch, type ReferenceDataPlan } from './plan/plan-batch.js';
import type { WantedItem } from './plan/wanted-item.js';
import { toPlanTable } from './plan-table.js';

/** Option set → option code → id of the item. */
export type ReferenceIds = Record<string, Record<string, string>>;

/** The result of a batch. */
export interface UpsertResult {
  plan: PlanTable;
  ids: ReferenceIds;
  report: StepReport;
}

/**
 * Writes a batch of reference data to Go.Data: reads all items once, makes a plan and writes only
 * the differences.
 *
 * @param brake whether to stop after the plan, and how much may be deactivated
 * @throws IntegrationError `UNKNOWN_CATEGORY`, `LARGE_CHANGE` (configuration); nothing was written
 */
export async function upsertBatch(
  client: GoDataClient,
  batch: MappedReferenceDataBatch,
  brake: Brake,
): Promise<UpsertResult> {
  const { dryRun } = brake;
  const names = batch.sets.map(({ category }) => category);
  const categories = findCategories(names, await readCategories(client));
  const marks = createMarks(batch.mark);
  const existing = await readExisting(client, new Set(categories.values()), marks);
  const plan = planBatch(batch, existing, categories, marks);
  const large = checkLargeChange([lossOf(plan, existing.items)], brake);
  const applied: Applied = dryRun
    ? { refused: new Map(), created: new Map() }
    : await applyPlan(client, plan);
  const { left, emptySets } = plan.gone;
  return {
    plan: toPlanTable(plan, applied),
    ids: toIds(plan, applied),
    report: {
      read: batch.sets.reduce((sum, { items }) => sum + items.length, 0),
      ...countChanges(plan, applied),
      ...listed([...applied.refused.values()], plan.adjusted),
      ...(left.length > 0 ? { leftOut: left.map(({ id }) => goneFromDhis2(id)) } : {}),
      ...warnings([...large, ...emptySets.map(emptySet)]),
      ...client.usage,
      dryRun,
    },
  };
}

/** Items that were taken from options, and those of them that become inactive. */
function lossOf({ gone, updates }: ReferenceDataPlan, items: readonly KnownItem[]): Loss {
  const closed = updates.filter(({ changes, target }) => {
    return changes.active === false && target.known?.active === true;
  });
  return {
    what: 'items of reference data',
    verb: 'deactivate',
    count: gone.closing.length + new Set(closed.map(({ target }) => target)).size,
    owned: items.filter(({ active, mark }) => active && mark !== undefined).length,
  };
}

function warnings(lines: readonly string[]): Pick<StepReport, 'warnings'> {
  return lines.length > 0 ? { warnings: [...lines] } : {};
}

function countChanges(
  { updates, creates, unchanged, gone }: ReferenceDataPlan,
  { refused }: Applied,
): Pick<StepReport, 'created' | 'updated' | 'unchanged' | 'deactivated'> {
  const count = <T extends Parameters<typeof refused.has>[0]>(items: Iterable<T>) =>
    [...new Set(items)].filter(item => !refused.has(item)).length;
  return {
    created: count(creates.map(({ target }) => target.wanted)),
    updated: count(updates.map(({ target }) => target.wanted)),
    unchanged: unchanged.length,
    deactivated: count(gone.closing),
  };
}

/** The ids of all items. In a dry run, new items have the id that they would get. */
function toIds({ updates, creates, unchanged }: ReferenceDataPlan, applied: Applied): ReferenceIds {
  const bySet = new Map<string, Map<string, string>>();
  const add = ({ set, optionCode }: WantedItem, id: string) =>
    getOrCreate(bySet, set.name, () => new Map<string, string>()).set(optionCode, id);
  for (const { wanted, known } of [...unchanged, ...updates.map(({ target }) => target)]) {
    add(wanted, known!.id);
  }
  for (const { target, id } of creates) {
    const { wanted } = target;
    const made = applied.created.get(wanted);
    if (made !== undefined || !applied.refused.has(wanted)) add(wanted, made ?? id);
  }
  return Object.fromEntries([...bySet].map(([name, ids]) => [name, Object.fromEntries(ids)]));
}

function goneFromDhis2(id: string) {
  return { reason: 'gone-from-dhis2', subject: id, count: 1 };
}

function emptySet(name: string): string {
  return `The option set "${name}" has no options. Its items stay active.`;
}
