/**
 * What a writing step changed, as far as the server has confirmed it, or in a dry run would change, as a table that any host can print:
 * the runtime knows no mapping, so the step names the columns. Rows beyond {@link MAX_PLAN_ROWS} are
 * counted in `total`, not kept: a state over 10 MB is destroyed on the platform.
 */
export interface PlanTable {
  /** Column heads, for example `['orgUnit', 'period', 'dataElement', 'categoryOptionCombo', 'old', 'new']`. */
  columns: string[];
  /** Cells as text or number; `null` is "nothing there". */
  rows: (string | number | null)[][];
  /** All changes, kept or not. */
  total: number;
  /** Changes that were planned and that the server did not take: they are in the report, and no rows. */
  refused?: number;
  /** The first column is indented, and rows without a change only show where the others stand. */
  isTree?: true;
}

/** 40,000 rows are about 4 MB of JSON. */
export const MAX_PLAN_ROWS = 40_000;
