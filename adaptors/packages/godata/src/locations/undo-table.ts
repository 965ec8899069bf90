import { getOrCreate } from '#common/collections/get-or-create.js';
import { createUndoLedger, toUndoValue, type UndoTable } from '#common/reporting/undo-table.js';
import type { Location } from '../client/requests/locations.js';
import type { LocationPlan } from './plan/plan-batch.js';

/**
 * What the changed locations were before, field by field.
 *
 * @param existing the locations of Go.Data before the run
 * @param refused ids of the locations that the server refused
 */
export function toUndoTable(
  { creates, restored, before, after, deactivations, tree }: LocationPlan,
  existing: readonly Location[],
  refused: ReadonlyMap<string, unknown>,
): UndoTable {
  const ledger = createUndoLedger();
  const earlier = new Map(existing.map(location => [location.id, location]));
  const done = (id: string) => !refused.has(id);
  for (const { id } of creates.filter(one => done(one.id))) {
    const change = restored.has(id) ? 'restore' : 'create';
    ledger.add({ kind: 'location', id, change, field: '', old: null, new: null });
  }
  // A location may change twice, first to a temporary name.
  const changed = new Map<string, Set<string>>();
  for (const { id, changes } of [...before, ...after].filter(one => done(one.id))) {
    const fields = getOrCreate(changed, id, () => new Set<string>());
    for (const field of Object.keys(changes)) fields.add(field);
  }
  for (const [id, fields] of changed) {
    for (const field of fields) {
      const old = toUndoValue(earlier.get(id)?.[field as keyof Location]);
      const now = toUndoValue(tree.get(id)?.[field as keyof Location]);
      const obstacle = old.obstacle ?? now.obstacle;
      ledger.add({
        ...{ kind: 'location', id, change: 'update', field, old: old.text, new: now.text },
        ...(obstacle === undefined ? {} : { obstacle }),
      });
    }
  }
  for (const id of deactivations.filter(done)) {
    const change = 'deactivate';
    ledger.add({ kind: 'location', id, change, field: 'active', old: 'true', new: 'false' });
  }
  return ledger.table();
}
