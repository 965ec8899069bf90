import type { ImportConflict, ImportSummary } from './import-summary.js';

/** A value as it is sent; the order of the rows is the order of the indexes in conflicts. */
export interface DataValueRow {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  value: string;
  comment?: string;
  /** Up to 2.42, and since (dhis2 FACTS §1.1). */
  followup?: boolean;
  followUp?: boolean;
}

/** A row that the server refused, by its position, and the server's reason. */
export interface Refusal {
  index: number;
  code: string;
  message: string;
}

type Key = 'dataElement' | 'period' | 'orgUnit' | 'categoryOptionCombo';

/** Codes that abort a group, and what of a row their message names (dhis2 FACTS §1.4). */
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
 * Finds the rows that a summary blames. Conflicts with indexes blame these rows; a conflict that
 * aborted the whole group blames those that its message names.
 *
 * @returns no refusal for an aborted group means: it cannot be told, try its parts
 */
export function findOffenders(
  rows: readonly DataValueRow[],
  { aborted, conflicts }: ImportSummary,
): Refusal[] {
  const refusals = new Map<number, Refusal>();
  for (const conflict of conflicts) {
    const { code, message } = conflict;
    for (const index of blamedBy(conflict, rows, aborted)) {
      if (!refusals.has(index)) refusals.set(index, { index, code, message });
    }
  }
  return [...refusals.values()];
}

/** Of several values for one cell, the server's name for them. */
const SAME_CELL = 'E8128';

function blamedBy(
  { code, indexes, named, numbered }: ImportConflict,
  rows: readonly DataValueRow[],
  aborted: boolean,
): number[] {
  const isRow = (index: number) => index < rows.length;
  const valid = indexes.filter(isRow);
  // Up to 2.42 the first of several values for one cell is kept (dhis2 LIVE, the basics).
  if (aborted && code === SAME_CELL) return numbered.filter(isRow).slice(1);
  const keys = NAMES[code];
  if (aborted && keys) {
    return rows.flatMap((row, index) => (keys.every(key => named.has(row[key])) ? [index] : []));
  }
  // An identifier that cannot be read is somewhere (-1), and its number in the message (FACTS §1.3).
  if (aborted && valid.length === 0 && numbered.length === 1) return numbered.filter(isRow);
  // An aborted group may list all its rows, the good ones too.
  return aborted && valid.length === rows.length && rows.length > 1 ? [] : valid;
}
