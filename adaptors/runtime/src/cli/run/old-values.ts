import type { RunNotes } from '../../record/run-notes.js';
import { toUndoRows, UNDO_COLUMNS } from '../../record/undo-csv.js';
import { type Cell, isReadBack, toCsv } from '../print/csv.js';

const UNREADABLE = 'control-characters';

/** A row whose values `undo` would not read back as they are cannot be taken back. */
function withReadable(row: Cell[]): Cell[] {
  const [kind, id, change, field, old, now] = row;
  if ([old, now].every(cell => typeof cell !== 'string' || isReadBack(cell))) return row;
  return [kind!, id!, change!, field!, null, null, UNREADABLE];
}

/** The lines of `undo.csv`; undefined if nothing was changed. */
export function oldValuesOf({ undo, unkept }: RunNotes): Iterable<string> | undefined {
  const tables = [...undo, ...(unkept ? [unkept] : [])];
  const hasChanged = tables.some(({ total }) => total > 0);
  return hasChanged ? toCsv(UNDO_COLUMNS, readable(toUndoRows(unkept, undo))) : undefined;
}

function* readable(rows: Iterable<Cell[]>): Generator<Cell[], void> {
  for (const row of rows) yield withReadable(row);
}
