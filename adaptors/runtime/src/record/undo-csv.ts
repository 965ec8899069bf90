import type { PlanTable } from '#common/reporting/plan.js';
import { readUndoRows, type UndoRow, type UndoTable } from '#common/reporting/undo-table.js';

type Cell = string | number | null;

/** The heads of `undo.csv`. */
export const UNDO_COLUMNS = ['kind', 'id', 'change', 'field', 'old', 'new', 'obstacle'] as const;

/** A change of a person, or of a step that keeps no old values. */
const NOT_KEPT = 'old-value-not-kept';
/** Changes above the number that a table holds. */
const NOT_LISTED = 'not-listed';

/**
 * The rows of `undo.csv`, one by one: what a run changed, with the old values. Values of people are
 * never kept: their changes are there with the obstacle `old-value-not-kept`.
 *
 * @param plan changes of steps that keep no old values
 * @param tables what the other steps kept
 */
export function* toUndoRows(
  plan: PlanTable | undefined,
  tables: readonly UndoTable[],
): Generator<Cell[], void> {
  const toCells = (row: UndoRow) => UNDO_COLUMNS.map(column => row[column] ?? null);
  const [first] = tables;
  const kept = first && tables.length === 1 ? readUndoRows(first) : joinChanges(tables);
  for (const row of kept) yield toCells(row);
  for (const row of plan ? toUnkeptRows(plan) : []) yield toCells(row);
  const rest = tables.reduce((sum, { rows, total }) => sum + total - rows.length, 0);
  if (rest > 0) yield toCells(unlisted(rest));
}

/** A field that several steps or passes changed has the oldest old value and the newest new one. */
function joinChanges(tables: readonly UndoTable[]): Iterable<UndoRow> {
  const joined = new Map<string, UndoRow>();
  for (const row of tables.flatMap(table => [...readUndoRows(table)])) {
    const key = JSON.stringify([row.kind, row.id, row.field]);
    const first = joined.get(key);
    const obstacle = first?.obstacle ?? row.obstacle;
    joined.set(key, first ? { ...first, new: row.new, ...(obstacle ? { obstacle } : {}) } : row);
  }
  return joined.values();
}

/** A table names its columns; those that a change must have are found by their heads. */
function toUnkeptRows({ columns, rows, total }: PlanTable): UndoRow[] {
  const at = (...names: string[]) =>
    columns.findIndex(head => head.split(' / ').some(one => names.includes(one)));
  const places = {
    kind: at('record', 'category'),
    id: at('id'),
    change: at('change'),
    field: at('fields', 'what'),
  };
  const text = (row: Cell[], index: number) => String(row[index] ?? '');
  const listed = rows
    .filter(row => places.change < 0 || row[places.change] !== null)
    .map(row => ({
      kind: text(row, places.kind),
      id: places.id < 0 ? row.map(cell => cell ?? '').join('/') : text(row, places.id),
      change: text(row, places.change),
      field: text(row, places.field),
      old: null,
      new: null,
      obstacle: NOT_KEPT,
    }));
  return total > listed.length ? [...listed, unlisted(total - listed.length)] : listed;
}

function unlisted(count: number): UndoRow {
  return {
    kind: '',
    id: '',
    change: `${count} more`,
    field: '',
    old: null,
    new: null,
    obstacle: NOT_LISTED,
  };
}
