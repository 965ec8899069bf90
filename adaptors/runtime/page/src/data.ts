import type { RunReport } from '#runtime/record/run-report.js';

/** The changes of a run: each cell is an index into `cells`, or -1 for no value. */
export interface PageChanges {
  columns: string[];
  cells: (string | number)[];
  /** Row after row, as many numbers as there are columns. */
  rows: number[];
  /** All changes, also those that are only in changes.csv. */
  total: number;
  isTree: boolean;
}

/** Everything that the page shows. */
export interface PageData {
  /** Name of the record. */
  time: string;
  report: RunReport;
  changes?: PageChanges;
}

/** The cells of each row. */
export function readRows({ columns, cells, rows }: PageChanges): (string | number | null)[][] {
  const width = columns.length;
  return Array.from({ length: rows.length / width }, (_, row) =>
    rows.slice(row * width, (row + 1) * width).map(index => (index < 0 ? null : cells[index]!)),
  );
}
