import type { StepReport } from '#common/reporting/report.js';
import { toUndoValue, type UndoRow } from '#common/reporting/undo-table.js';
import { inPasses } from '#common/undo/in-passes.js';
import { byRecord, madeIn } from '#common/undo/rows-of.js';
import { isSameValue } from '#common/undo/same-value.js';
import {
  CHANGED_SINCE,
  createTakeBack,
  type TakeBack,
  type TakenBack,
} from '#common/undo/take-back.js';
import type { Dhis2Client } from '../client/client.js';
import { applyPlan } from './apply/apply-plan.js';
import { findMissingAuthorities, missingAuthorities } from './check-account.js';
import { readTree } from './fetch/read-tree.js';
import type { OrgUnitChanges } from './plan/changes.js';
import { type KnownOrgUnit, OrgUnitIndex } from './plan/org-unit-index.js';
import type { PlanStep } from './plan/plan-batch.js';
import { readById } from './read-by-id.js';
import type { RawOrgUnit } from './to-org-unit.js';
import { fieldOf } from './undo-table.js';
import { KNOWN_FIELDS } from './upsert-batch.js';

type Update = Extract<PlanStep, { kind: 'update' }>;

const KIND = 'org unit';

/**
 * Takes back what a run changed in DHIS2's org units, where it is still as the run left it. An org
 * unit that the run created is closed, not deleted: data may belong to it.
 */
export async function undoOrgUnitRows(
  client: Dhis2Client,
  rows: readonly UndoRow[],
  dryRun: boolean,
): Promise<TakenBack> {
  const takeBack = createTakeBack();
  const records = byRecord(rows);
  const details = await readById(
    client,
    records.map(([id]) => id),
  );
  const { today } = await client.systemInfo();
  const updates = records.flatMap(([id, own]) =>
    planOne(details.get(id), id, own, today, takeBack),
  );
  const missing = await findMissingAuthorities(client, updates);
  if (missing.length > 0 && !dryRun) throw missingAuthorities(missing);
  const rejected = dryRun ? [] : await apply(client, updates);
  const made = madeIn(rows);
  const closed = updates.filter(({ uid }) => made.has(uid)).length;
  const result = takeBack.result(rejected);
  return { ...result, report: { ...result.report, ...warnings(closed), ...client.usage, dryRun } };
}

function planOne(
  unit: RawOrgUnit | undefined,
  id: string,
  rows: readonly UndoRow[],
  today: string,
  takeBack: TakeBack,
): Update[] {
  const changes: Record<string, unknown> = {};
  for (const row of rows) {
    if (!unit && row.field === '') takeBack.keep();
    else if (!unit) takeBack.leave(row, CHANGED_SINCE);
    else if (row.field !== '') Object.assign(changes, planRow(unit, row, takeBack));
    else if (unit.closedDate) takeBack.keep();
    else Object.assign(changes, close(id, today, takeBack));
  }
  if (Object.keys(changes).length === 0) return [];
  return [{ kind: 'update', location: id, uid: id, changes: changes as OrgUnitChanges }];
}

function close(id: string, today: string, takeBack: TakeBack): OrgUnitChanges {
  const change = { kind: KIND, id, change: 'deactivate', field: 'closedDate' } as const;
  takeBack.change({ ...change, now: null, back: today });
  return { closedDate: today };
}

function planRow(unit: RawOrgUnit, row: UndoRow, takeBack: TakeBack): Record<string, unknown> {
  const { id, field } = row;
  const [now, old, left] = [toUndoValue(fieldOf(unit, field)).text, row.old, row.new].map(text =>
    field === 'closedDate' && text !== null ? text.slice(0, 10) : text,
  ) as [string | null, string | null, string | null];
  if (isSameValue(now, old)) takeBack.keep();
  else if (!isSameValue(now, left)) takeBack.leave(row, CHANGED_SINCE);
  else {
    const change = field === 'closedDate' && old !== null ? 'deactivate' : 'update';
    takeBack.change({ kind: KIND, id, change, field, now, back: old });
    return { [field]: field === 'geometry' && old !== null ? JSON.parse(old) : old };
  }
  return {};
}

async function apply(client: Dhis2Client, updates: readonly Update[]) {
  if (updates.length === 0) return [];
  const index = new OrgUnitIndex(await readTree<KnownOrgUnit>(client, [], undefined, KNOWN_FIELDS));
  return inPasses(updates, async pending => {
    const { rejected } = await applyPlan(client, pending, index, Number.POSITIVE_INFINITY);
    const byId = new Map(pending.map(change => [change.uid, change]));
    return rejected.map(row => ({ change: byId.get(row.id)!, refusal: { ...row, kind: KIND } }));
  });
}

function warnings(closed: number): Pick<StepReport, 'warnings'> {
  if (closed === 0) return {};
  return {
    warnings: [
      `${closed} org units that the run created are closed: they are not deleted, because data may belong to them.`,
    ],
  };
}
