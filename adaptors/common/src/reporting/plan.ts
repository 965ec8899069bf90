/**
 * The changes of a writing step as a table that any host can print: what the server has confirmed,
 * or in a dry run what would change. The runtime knows no mapping, so the step names the columns.
 * Rows above {@link MAX_PLAN_ROWS} are counted in `total` and not kept: the platform destroys a
 * state above 10 MB.
 */
export interface PlanTable {
  /** Column heads, for example `['orgUnit', 'period', 'dataElement', 'categoryOptionCombo', 'old', 'new']`. */
  columns: string[];
  /** Cells are texts or numbers; `null` means that there is no value. */
  rows: (string | number | null)[][];
  /** All changes, kept or not. */
  total: number;
  /** Planned changes that the server refused. They are in the report, not among the rows. */
  refused?: number;
  /**
   * The first column is a tree: it is indented, and rows without a change only show where the
   * others belong.
   */
  isTree?: true;
}

/** 40,000 rows are about 4 MB of JSON. */
export const MAX_PLAN_ROWS = 40_000;
