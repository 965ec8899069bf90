import type { ImportConflict, ImportSummary } from './import-summary.js';

/** A value as it is sent. Conflicts refer to rows by their position in the request. */
export interface DataValueRow {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  value: string;
  comment?: string;
  /** Name up to 2.42, and since then (dhis2 FACTS §1.1). */
  followup?: boolean;
  followUp?: boolean;
}

/** A row that the server refused, with its position and the server's reason. */
export interface Refusal {
  index: number;
  code: string;
  message: string;
}

type Key = 'dataElement' | 'period' | 'orgUnit' | 'categoryOptionCombo';

/** Codes that abort a request, and the properties of the row that their message names (dhis2 FACTS §1.4). */
const NAMES: Record<string, Key[]> = {
  E8011: ['orgUnit'],
  E8020: ['dataElement'],
  E8021: ['period'],
  E8022: ['orgUnit'],
  E8024: ['dataElement', 'categoryOptionCombo'],
  E8025: ['orgUnit'],
  E8030: ['period'],
  E8031: ['orgUnit', 'period'],
  E8032: ['period'],
  E8033: ['orgUnit', 'period'],
};

/**
 * Finds the rows to which a summary refers. A conflict with indexes refers to these rows. A
 * conflict that aborted the whole request refers to the rows with the ids in its message.
 *
 * @returns refused rows; none for an aborted request means that they are unknown: try parts of it
 */
export function findRefusedRows(
  rows: readonly DataValueRow[],
  { aborted, conflicts }: ImportSummary,
): Refusal[] {
  const refusals = new Map<number, Refusal>();
  for (const conflict of conflicts) {
    const { code, message } = conflict;
    for (const index of rowsOf(conflict, rows, aborted)) {
      if (!refusals.has(index)) refusals.set(index, { index, code, message });
    }
  }
  return [...refusals.values()];
}

/** Code for several values of one cell. */
const SAME_CELL = 'E8128';

function rowsOf(
  { code, indexes, named, numbered }: ImportConflict,
  rows: readonly DataValueRow[],
  aborted: boolean,
): number[] {
  const isRow = (index: number) => index < rows.length;
  const valid = indexes.filter(isRow);
  // The first of several values for one cell is kept, as up to 2.42 (dhis2 LIVE, the basics).
  if (aborted && code === SAME_CELL) return numbered.filter(isRow).slice(1);
  const keys = NAMES[code];
  if (aborted && keys) {
    return rows.flatMap((row, index) => (keys.every(key => named.has(row[key])) ? [index] : []));
  }
  // For an identifier that it cannot read, the server gives index -1 and the row number in the
  // message (FACTS §1.3).
  if (aborted && valid.length === 0 && numbered.length === 1) return numbered.filter(isRow);
  // An aborted request may list all its rows, valid ones too.
  return aborted && valid.length === rows.length && rows.length > 1 ? [] : valid;
}
