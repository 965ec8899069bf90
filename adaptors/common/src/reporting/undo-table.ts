import { getOrCreate } from '../collections/get-or-create.js';
import { MAX_PLAN_ROWS } from './plan.js';
import type { State } from './report.js';

/** One field that a writing step changed, with what it was before. Never of a person. */
export interface UndoRow {
  /** What was changed: `data value`, `location`... */
  kind: string;
  /**
   * Its id; of a data value,
   * `orgUnit/period/dataElement/categoryOptionCombo/attributeOptionCombo/dataSet`.
   */
  id: string;
  /** `create`, `update`, `deactivate`... */
  change: string;
  /** The field; empty if the whole record is new. Of a data value, `value`, or `mark` in its comment. */
  field: string;
  /** Texts as they are, anything else as JSON; null: there was no value. */
  old: string | null;
  new: string | null;
  /** Why the change cannot be taken back; absent if it can. */
  obstacle?: string;
}

/**
 * The rows of a step in a form that is small in a state: a text is stored once, a row is a list of
 * indexes into the texts. A writing step leaves it in `data.undo`.
 */
export interface UndoTable {
  texts: string[];
  /** kind, change, field, old, new, obstacle, parts of the id; -1: no value. */
  rows: number[][];
  /** All rows, also those above {@link MAX_PLAN_ROWS}, which are not kept. */
  total: number;
}

/** Whether a value of a state is a table of rows. */
export function isUndoTable(value: unknown): value is UndoTable {
  const { texts, rows } = (value ?? {}) as Partial<UndoTable>;
  return Array.isArray(texts) && Array.isArray(rows);
}

/**
 * Puts what a step is about to change into the state with which it began: the engine keeps that
 * state if the step fails, so what the step wrote until then can be taken back. A change that was
 * not made any more needs nothing: the record is as it was before.
 */
export function keepPlanned(input: State, undo: UndoTable): void {
  Object.assign(input, { data: { planned: undo } });
}

/** What a step that failed was about to change, from the state that it left. */
export function readPlanned({ data }: State): UndoTable | undefined {
  const { planned } = (data ?? {}) as { planned?: unknown };
  return isUndoTable(planned) ? planned : undefined;
}

/** The obstacle of a change whose values have no room in the state. */
const NO_ROOM = 'no-room-in-state';

/** Collects rows. */
export interface UndoLedger {
  add(row: UndoRow): void;
  table(): UndoTable;
}

/** Characters of all values of a step that are kept: a platform destroys a state above 10 MB. */
const MAX_TOTAL = 1_500_000;

/**
 * Creates an empty ledger. A text that several values share counts once.
 *
 * @param isUnlimited keep everything: for a host without a limit on the size of a state
 */
export function createUndoLedger({ isUnlimited = false } = {}): UndoLedger {
  const indexes = new Map<string, number>();
  const rows: number[][] = [];
  let total = 0;
  let size = 0;
  const indexOf = (text: string | null | undefined) =>
    text == null ? -1 : getOrCreate(indexes, text, () => indexes.size);
  /** Whether there is room for both values; they count as kept then. */
  const takeRoom = (...values: (string | null)[]): boolean => {
    const added = values.reduce(
      (sum, text) => sum + (text === null || indexes.has(text) ? 0 : text.length),
      0,
    );
    if (size + added > MAX_TOTAL && !isUnlimited) return false;
    size += added;
    return true;
  };
  return {
    add({ kind, id, change, field, old, new: now, obstacle }) {
      total += 1;
      if (rows.length >= MAX_PLAN_ROWS && !isUnlimited) return;
      const isKept = takeRoom(old, now);
      const values = isKept ? [old, now, obstacle] : [null, null, obstacle ?? NO_ROOM];
      rows.push([kind, change, field, ...values, ...id.split('/')].map(indexOf));
    },
    table: () => ({ texts: [...indexes.keys()], rows, total }),
  };
}

/** The rows of a table, one by one. */
export function* readUndoRows({ texts, rows }: UndoTable): Generator<UndoRow, void> {
  const textOf = (index: number) => (index < 0 ? null : texts[index]!);
  for (const [kind, change, field, old, now, obstacle, ...id] of rows) {
    yield {
      kind: textOf(kind!)!,
      id: id.map(textOf).join('/'),
      change: textOf(change!)!,
      field: textOf(field!)!,
      old: textOf(old!),
      new: textOf(now!),
      ...(obstacle! < 0 ? {} : { obstacle: textOf(obstacle!)! }),
    };
  }
}

/** Longest value that is kept: an area of an org unit can have megabytes. */
const MAX_VALUE = 2000;

/**
 * A value of a field as an undo row holds it, and the obstacle if it is too large to be kept.
 *
 * @example
 * toUndoValue(true); // { text: 'true' }
 */
export function toUndoValue(value: unknown): { text: string | null; obstacle?: string } {
  if (value === undefined || value === null) return { text: null };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? { text: null, obstacle: 'value-too-large' } : { text };
}
