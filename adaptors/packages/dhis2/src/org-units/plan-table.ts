import { getOrCreate } from '#common/collections/get-or-create.js';
import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { OrgUnitChanges } from './plan/changes.js';
import type { KnownOrgUnit, OrgUnitIndex } from './plan/org-unit-index.js';
import type { PlanStep } from './plan/plan-batch.js';

type Row = PlanTable['rows'][number];

/**
 * The changes as an indented tree: each below the org units above it, which may have no changes
 * themselves.
 *
 * @param refused number of planned steps that the server refused
 * @param before org units before the run
 * @param index org units after the changes
 */
export function toPlanTable(
  steps: readonly PlanStep[],
  refused: number,
  before: ReadonlyMap<string, KnownOrgUnit>,
  index: OrgUnitIndex,
): PlanTable {
  const changes = describeSteps(steps, before, index);
  const shown = withAncestors(changes.keys(), index);
  const byParent = new Map<string, KnownOrgUnit[]>();
  for (const id of shown) {
    const unit = index.get(id)!;
    const parent = unit.parent?.id ?? '';
    getOrCreate(byParent, shown.has(parent) ? parent : '', () => [] as KnownOrgUnit[]).push(unit);
  }
  const rows: Row[] = [];
  const pending = [{ siblings: sorted(byParent.get('')), depth: 0 }];
  while (pending.length > 0 && rows.length < MAX_PLAN_ROWS) {
    const level = pending.at(-1)!;
    const unit = level.siblings.shift();
    if (!unit) {
      pending.pop();
      continue;
    }
    const [kind = null, what = null] = changes.get(unit.id) ?? [];
    rows.push([`${'  '.repeat(level.depth)}${unit.name ?? unit.id}`, kind, what, unit.id]);
    pending.push({ siblings: sorted(byParent.get(unit.id)), depth: level.depth + 1 });
  }
  return {
    columns: ['org unit', 'change', 'what', 'id'],
    rows,
    total: changes.size,
    ...(refused > 0 ? { refused } : {}),
    isTree: true,
  };
}

function sorted(siblings: KnownOrgUnit[] = []): KnownOrgUnit[] {
  return siblings.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
}

/** UID → kind of change and its details. */
function describeSteps(
  steps: readonly PlanStep[],
  before: ReadonlyMap<string, KnownOrgUnit>,
  index: OrgUnitIndex,
): Map<string, [kind: string, what: string | null]> {
  const kinds = new Map<string, [string, string | null]>();
  const merged = new Map<string, OrgUnitChanges>();
  for (const step of steps) {
    if (step.kind === 'create') {
      const closed = step.unit.closedDate === undefined ? null : `closed ${step.unit.closedDate}`;
      kinds.set(step.unit.id, [step.isRestored ? 'restore' : 'create', closed]);
    } else merged.set(step.uid, { ...merged.get(step.uid), ...step.changes });
  }
  for (const [id, changes] of merged) {
    const { closedDate } = changes;
    const kind = closedDate ? 'close' : closedDate === null ? 'open' : 'update';
    kinds.set(id, [kind, describeChanges(changes, before.get(id)!, index)]);
  }
  return kinds;
}

function describeChanges(
  { name, shortName, code, parent, closedDate, geometry }: OrgUnitChanges,
  old: KnownOrgUnit,
  index: OrgUnitIndex,
): string | null {
  const nameOf = (id: string | null | undefined) => (id ? (index.get(id)?.name ?? id) : 'the top');
  const words = [
    name === undefined ? '' : `name: ${old.name} → ${name}`,
    shortName === undefined ? '' : 'short name',
    code === undefined ? '' : `code: ${old.code ?? 'none'} → ${code ?? 'none'}`,
    parent === undefined ? '' : `parent: ${nameOf(old.parent?.id)} → ${nameOf(parent)}`,
    closedDate ? `closed ${closedDate}` : '',
    geometry === undefined ? '' : 'coordinates',
  ].filter(word => word !== '');
  return words.length > 0 ? words.join('; ') : null;
}

function withAncestors(ids: Iterable<string>, index: OrgUnitIndex): Set<string> {
  const shown = new Set<string>();
  for (const id of ids) {
    for (let at: string | undefined = id; at && !shown.has(at) && index.get(at); ) {
      shown.add(at);
      at = index.get(at)?.parent?.id;
    }
  }
  return shown;
}
