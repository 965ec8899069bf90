import type { RunNotes } from '../../record/run-notes.js';
import { toUndoRows } from '../../record/undo-csv.js';
import { type Cell, isReadBack, toCsv } from '../print/csv.js';

const UNREADABLE = 'control-characters';

/** A row whose values `undo` would not read back as they are cannot be taken back. */
function withReadable(row: Cell[]): Cell[] {
  const [kind, id, change, field, old, now] = row;
  if ([old, now].every(cell => typeof cell !== 'string' || isReadBack(cell))) return row;
  return [kind!, id!, change!, field!, null, null, UNREADABLE];
}

/** The text of `undo.csv`; undefined if nothing was changed. */
export function oldValuesOf({ undo, unkept }: RunNotes): string | undefined {
  const { columns, rows } = toUndoRows(unkept, undo);
  return rows.length > 0 ? toCsv(columns, rows.map(withReadable)) : undefined;
}
