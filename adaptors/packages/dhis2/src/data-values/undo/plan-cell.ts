import type { UndoRow } from '#common/reporting/undo-table.js';
import { CHANGED_SINCE, type TakeBack } from '#common/undo/take-back.js';
import type { DataValueRow } from '../import/refused-rows.js';
import type { StoredValue } from '../plan/current-values.js';
import { markIn, RESTORED, withMark, withoutMark } from '../plan/provenance.js';
import { type CellId, storedText } from './cell.js';

/** What an undo does with one data value. */
export interface CellChange {
  /** Id of its undo rows. */
  id: string;
  /** What to send. */
  row: DataValueRow;
  isDeletion: boolean;
  /** The value that DHIS2 must have afterwards. */
  back: string | null;
}

/**
 * Plans what to do with one data value. A value that a run created is deleted only if nobody has
 * commented on it or marked it since.
 *
 * @param rows its value, and the mark in its comment if the run changed that
 * @param isSame compares two values
 * @returns undefined if there is nothing to send
 */
export function planCell(
  cell: CellId,
  rows: readonly UndoRow[],
  stored: StoredValue | undefined,
  isSame: (a: string | null, b: string | null) => boolean,
  takeBack: TakeBack,
): CellChange | undefined {
  const row = rows.find(({ field }) => field === 'value');
  if (!row) return undefined;
  const { id, old, new: left } = row;
  const now = storedText(stored);
  const remark = withoutMark(stored?.comment);
  if (isSame(now, old)) {
    takeBack.keep();
    return undefined;
  }
  if (!isSame(now, left) || (old === null && isTouched(stored, remark))) {
    takeBack.leave(row, CHANGED_SINCE);
    return undefined;
  }
  if (old === null && row.change === 'update') {
    takeBack.leave(row, 'old-value-blank');
    return undefined;
  }
  const mark = markIn(stored?.comment);
  const change = old === null ? 'delete' : now === null ? 'create' : 'update';
  takeBack.change({ kind: row.kind, id, change, field: 'value', now, back: old });
  const former = rows.find(({ field }) => field === 'mark');
  const formerMark = old === null ? null : former ? former.old : mark;
  if (formerMark !== mark) {
    const aside = { kind: row.kind, id, change, field: 'mark', isAside: true } as const;
    takeBack.change({ ...aside, now: mark, back: formerMark });
  }
  const comment = formerMark === null ? remark || RESTORED : withMark(remark, formerMark);
  return {
    id,
    isDeletion: old === null,
    back: old,
    row:
      old === null
        ? { ...cell, value: now! }
        : { ...cell, value: old, comment, ...followUpOf(stored) },
  };
}

/** Whether somebody has said something about a value that a run created. */
function isTouched(stored: StoredValue | undefined, remark: string): boolean {
  return remark !== '' || stored?.followup === true;
}

/** A value sent without its follow-up mark loses it (LIVE 182). */
function followUpOf(stored: StoredValue | undefined) {
  return stored?.followup === true ? { followup: true, followUp: true } : {};
}
