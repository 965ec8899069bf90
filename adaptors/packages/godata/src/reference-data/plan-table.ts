import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { Applied } from './apply/apply-plan.js';
import { toCategoryName } from './category.js';
import type { KnownItem } from './known-items.js';
import type { Target } from './plan/choose-targets.js';
import type { ItemFields } from './plan/diff.js';
import type { ReferenceDataPlan } from './plan/plan-batch.js';

type Row = PlanTable['rows'][number];

/** The changes that the server confirmed, one row for each item, in the order of the plan. */
export function toPlanTable(
  { updates, creates, gone }: ReferenceDataPlan,
  { created, refused }: Applied,
): PlanTable {
  const all = [...new Set(updates.map(({ target }) => target))];
  const targets = all.filter(({ wanted }) => !refused.has(wanted));
  // A created item exists even when its label was refused.
  const made = creates.filter(
    ({ target: { wanted } }) => created.has(wanted) || !refused.has(wanted),
  );
  const closed = gone.closing.filter(item => !refused.has(item));
  const rows: Row[] = [
    ...targets.map(target => {
      // The last change of an item is the wanted one. Earlier ones are temporary.
      const { changes } = updates.findLast(one => one.target === target)!;
      const { known } = target;
      return toRow(target, 'update', describeChanges(known!, changes), known!.id);
    }),
    ...made.map(({ target, id }) =>
      toRow(target, 'create', target.label, created.get(target.wanted) ?? id),
    ),
    ...closed.map(({ categoryId, code, label, id }) => [
      toCategoryName(categoryId),
      code || null,
      'deactivate',
      label,
      id,
    ]),
  ];
  return {
    columns: ['category', 'option', 'change', 'what', 'id'],
    rows: rows.slice(0, MAX_PLAN_ROWS),
    total: rows.length,
    ...(refused.size > 0 ? { refused: refused.size } : {}),
  };
}

function toRow({ wanted }: Target, change: string, what: string, id: string): Row {
  return [wanted.set.category, wanted.optionCode, change, what, id];
}

function describeChanges(known: KnownItem, changes: ItemFields): string {
  const { value, code, order, active, isSystemWide, description } = changes;
  return [
    ...(value === undefined ? [] : [`label: ${known.label || '-'} → ${value}`]),
    ...(code === undefined ? [] : [`code: ${known.code || '-'} → ${code}`]),
    ...(order === undefined ? [] : [`order: ${known.order ?? '-'} → ${order}`]),
    ...(active === undefined ? [] : [active ? 'active again' : 'no longer active']),
    ...(isSystemWide === undefined ? [] : [isSystemWide ? 'system-wide' : 'not system-wide']),
    ...(description === undefined ? [] : ['mark']),
  ].join('; ');
}
