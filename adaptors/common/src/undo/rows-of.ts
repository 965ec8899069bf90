import { getOrCreate } from '../collections/get-or-create.js';
import { configurationError } from '../reporting/errors.js';
import type { State } from '../reporting/report.js';
import { isUndoTable, readUndoRows, type UndoRow } from '../reporting/undo-table.js';

/**
 * The changes that an undo takes back, from `state.undo`.
 *
 * @param kind of the records: `location`...
 * @throws IntegrationError `NO_UNDO` (configuration) if the state has none
 */
export function undoRowsOf(state: State, kind: string): UndoRow[] {
  if (!isUndoTable(state.undo)) {
    throw configurationError('NO_UNDO', 'There are no changes to take back in state.undo.', {
      fix: 'godata-dhis2 undo puts them there, from the undo.csv of a run.',
    });
  }
  return [...readUndoRows(state.undo)].filter(row => row.kind === kind);
}

/** The changes of each record, by its id, the record that was changed last first. */
export function byRecord(rows: readonly UndoRow[]): [id: string, rows: UndoRow[]][] {
  const records = new Map<string, UndoRow[]>();
  for (const row of rows) getOrCreate(records, row.id, () => [] as UndoRow[]).push(row);
  return [...records].reverse();
}

/** Ids of the records that a run created or restored. */
export function madeIn(rows: readonly UndoRow[]): ReadonlySet<string> {
  return new Set(rows.filter(({ field }) => field === '').map(({ id }) => id));
}
