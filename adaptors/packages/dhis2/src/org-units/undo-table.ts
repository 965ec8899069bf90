import { createUndoLedger, toUndoValue, type UndoTable } from '#common/reporting/undo-table.js';
import type { OrgUnitChanges } from './plan/changes.js';
import type { PlanStep } from './plan/plan-batch.js';
import type { RawOrgUnit } from './to-org-unit.js';

/**
 * What the changed org units were before, field by field.
 *
 * @param details org units before the run, in full
 */
export function toUndoTable(
  steps: readonly PlanStep[],
  details: ReadonlyMap<string, RawOrgUnit>,
): UndoTable {
  const ledger = createUndoLedger();
  const changed = new Map<string, OrgUnitChanges>();
  for (const step of steps) {
    if (step.kind === 'update') {
      changed.set(step.uid, { ...changed.get(step.uid), ...step.changes });
    } else {
      const change = step.isRestored ? 'restore' : 'create';
      const { id } = step.unit;
      ledger.add({ kind: 'org unit', id, change, field: '', old: null, new: null });
    }
  }
  for (const [id, changes] of changed) {
    for (const [field, value] of Object.entries(changes)) {
      const before = details.get(id);
      const old = toUndoValue(fieldOf(before, field));
      const now = toUndoValue(value);
      const obstacle = before ? (old.obstacle ?? now.obstacle) : 'old-value-not-read';
      ledger.add({
        kind: 'org unit',
        id,
        change: 'update',
        field,
        old: old.text,
        new: now.text,
        ...(obstacle === undefined ? {} : { obstacle }),
      });
    }
  }
  return ledger.table();
}

/** A property of an org unit as a plan changes it: its parent is an id. */
export function fieldOf(unit: RawOrgUnit | undefined, field: string): unknown {
  return field === 'parent' ? unit?.parent?.id : unit?.[field as keyof RawOrgUnit];
}
