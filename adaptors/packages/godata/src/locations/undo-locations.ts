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
import type { GoDataClient } from '../client/client.js';
import type { Location } from '../client/requests/locations.js';
import { applyPlan } from './apply/apply-plan.js';
import { LocationTree } from './plan/location-tree.js';
import type { LocationUpdate } from './plan/sequence.js';
import { LOCATION_FIELDS } from './upsert-batch.js';

/** Fields that are texts; all others are kept as JSON. */
const TEXTS = new Set(['name', 'parentLocationId', 'geographicalLevelId']);

const KIND = 'location';

/**
 * Takes back what a run changed in Go.Data's locations, where it is still as the run left it. A
 * location that the run created is deactivated, not deleted: records may refer to it.
 */
export async function undoLocationRows(
  client: GoDataClient,
  rows: readonly UndoRow[],
  dryRun: boolean,
): Promise<TakenBack> {
  const existing: Location[] = [];
  for await (const page of client.locations(LOCATION_FIELDS, { withDeleted: true })) {
    existing.push(...page.filter(({ deleted }) => !deleted));
  }
  const tree = new LocationTree(existing);
  const takeBack = createTakeBack();
  const updates = byRecord(rows).flatMap(([id, own]) => planOne(tree.get(id), id, own, takeBack));
  const rejected = dryRun ? [] : await apply(client, updates, tree);
  const made = madeIn(rows);
  const inactive = updates.filter(({ id }) => made.has(id)).length;
  const result = takeBack.result(rejected);
  return {
    ...result,
    report: { ...result.report, ...warnings(inactive), ...client.usage, dryRun },
  };
}

function planOne(
  location: Location | undefined,
  id: string,
  rows: readonly UndoRow[],
  takeBack: TakeBack,
): LocationUpdate[] {
  const changes: Record<string, unknown> = {};
  for (const row of rows) {
    if (!location && row.field === '') takeBack.keep();
    else if (!location) takeBack.leave(row, CHANGED_SINCE);
    else Object.assign(changes, planRow(location, toFieldRow(row), takeBack));
  }
  return Object.keys(changes).length > 0 ? [{ id, changes }] : [];
}

/** A new location is taken back by making it inactive. */
function toFieldRow(row: UndoRow): UndoRow {
  return row.field === '' ? { ...row, field: 'active', old: 'false', new: 'true' } : row;
}

function planRow(location: Location, row: UndoRow, takeBack: TakeBack): Record<string, unknown> {
  const { id, field, old, new: left } = row;
  const now = textOf(location, field);
  if (isSameValue(now, old)) takeBack.keep();
  else if (!isSameValue(now, left)) takeBack.leave(row, CHANGED_SINCE);
  else {
    const change = field === 'active' && old === 'false' ? 'deactivate' : 'update';
    takeBack.change({ kind: KIND, id, change, field, now, back: old });
    return { [field]: fromText(field, old) };
  }
  return {};
}

function textOf(location: Location, field: string): string | null {
  if (field === 'active') return String(location.active !== false);
  return toUndoValue(location[field as keyof Location]).text;
}

function fromText(field: string, text: string | null): unknown {
  if (field === 'synonyms' || field === 'identifiers') return JSON.parse(text || '[]');
  return text === null || TEXTS.has(field) ? text : JSON.parse(text);
}

async function apply(client: GoDataClient, updates: readonly LocationUpdate[], tree: LocationTree) {
  return inPasses(updates, async pending => {
    const after = [...pending];
    const plan = { before: [], creates: [], restored: new Set<string>(), after, deactivations: [] };
    const rejected = await applyPlan(client, plan, tree, '');
    return after.flatMap(change => {
      const refusal = rejected.get(change.id);
      return refusal ? [{ change, refusal }] : [];
    });
  });
}

function warnings(inactive: number): Pick<StepReport, 'warnings'> {
  if (inactive === 0) return {};
  return {
    warnings: [
      `${inactive} locations that the run created or restored become inactive: they are not deleted, because records may refer to them.`,
    ],
  };
}
