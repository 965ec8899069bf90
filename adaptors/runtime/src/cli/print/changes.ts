import { formatCount } from '#common/reporting/format-count.js';
import type { PlanTable } from '#common/reporting/plan.js';
import { formatTable } from './table.js';

const SHOWN = 15;
/** A tree is printed line by line; some lines only show where others belong. */
const SHOWN_OF_TREE = 60;

/**
 * The table of what a run changed, or in a dry run would change: the first rows, and the file with
 * all. Refused changes are only counted.
 *
 * @param file path of the CSV file with every row
 */
export function formatChanges(plan: PlanTable, dryRun: boolean, file: string): string[] {
  const { refused = 0 } = plan;
  const were = refused === 1 ? 'was' : 'were';
  if (plan.total === 0 && refused > 0) {
    return [`Made no change: ${formatCount(refused)} ${were} refused.`];
  }
  if (plan.total === 0)
    return [dryRun ? 'Nothing would have to change.' : 'Nothing had to change.'];
  const things = plan.total === 1 ? 'change' : 'changes';
  const more = refused > 0 ? `; ${formatCount(refused)} ${were} refused` : '';
  const head = `${dryRun ? 'Would make' : 'Made'} ${formatCount(plan.total)} ${things}${more}:`;
  const rows = plan.rows.slice(0, plan.isTree && dryRun ? SHOWN_OF_TREE : SHOWN);
  const isCut = countChanges(plan, plan.rows) < plan.total;
  const kept = isCut ? `the first ${formatCount(plan.rows.length)} lines are` : 'all are';
  const rest = plan.total - countChanges(plan, rows);
  const last =
    rest > 0 ? `  ... and ${formatCount(rest)} more; ${kept} in ${file}` : `  They are in ${file}`;
  return [head, '', ...formatTable(plan.columns, rows), last];
}

/** Rows that are changes; in a tree, some are not. */
function countChanges({ isTree }: PlanTable, rows: PlanTable['rows']): number {
  return isTree ? rows.filter(row => row[1] !== null).length : rows.length;
}
