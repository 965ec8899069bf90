import { configurationError } from '../reporting/errors.js';
import type { State } from '../reporting/report.js';
import { readUndoRows, type UndoRow, type UndoTable } from '../reporting/undo-table.js';

/**
 * The changes that an undo takes back, from `state.undo`.
 *
 * @param kind of the records: `location`...
 * @throws IntegrationError `NO_UNDO` (configuration) if the state has none
 */
export function undoRowsOf(state: State, kind: string): UndoRow[] {
  const table = state.undo as UndoTable | undefined;
  if (!Array.isArray(table?.rows) || !Array.isArray(table.texts)) {
    throw configurationError('NO_UNDO', 'There are no changes to take back in state.undo.', {
      fix: 'godata-dhis2 undo puts them there, from the undo.csv of a run.',
    });
  }
  return readUndoRows(table).filter(row => row.kind === kind);
}

/** The changes of each record, by its id, the last record first: the order in which they were made is turned. */
export function byRecord(rows: readonly UndoRow[]): [id: string, rows: UndoRow[]][] {
  const records = new Map<string, UndoRow[]>();
  for (const row of rows) {
    const known = records.get(row.id);
    if (known) known.push(row);
    else records.set(row.id, [row]);
  }
  return [...records].reverse();
}
