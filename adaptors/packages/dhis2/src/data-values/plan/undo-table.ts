import { createUndoLedger, type UndoTable } from '#common/reporting/undo-table.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';
import { markIn } from './provenance.js';

/**
 * What the changed data values were before. A count is of nobody in particular; a text in a number
 * field may be about a person, and is not kept.
 *
 * @param refused positions of changes that DHIS2 refused
 */
export function toUndoTable(
  { elements, attributeOptionCombo, dataSet }: Target,
  changes: ChangeList,
  refused: ReadonlySet<number>,
): UndoTable {
  const ledger = createUndoLedger();
  for (let i = 0; i < changes.length; i += 1) {
    if (refused.has(i)) continue;
    const change = changes.at(i);
    const { orgUnit, period, element, old, value, formerMark } = change;
    const combos = [change.categoryOptionCombo, attributeOptionCombo];
    const id = [orgUnit, period, elements[element]!.element.id, ...combos, dataSet.id].join('/');
    const isKept = old === null || isNumber(old);
    ledger.add({
      kind: 'data value',
      id,
      change: old === null ? 'create' : 'update',
      field: 'value',
      old: isKept ? old : null,
      new: String(value),
      ...(isKept ? {} : { obstacle: 'text-in-number-field' }),
    });
    if (formerMark === undefined || !isKept) continue;
    const now = markIn(change.comment);
    ledger.add({
      kind: 'data value',
      id,
      change: 'update',
      field: 'mark',
      old: formerMark,
      new: now,
    });
  }
  return ledger.table();
}

function isNumber(text: string): boolean {
  return text.trim() === '' || Number.isFinite(Number(text));
}
