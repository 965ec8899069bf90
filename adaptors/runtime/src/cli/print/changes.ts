import type { PlanTable } from '../../../../common/src/plan.js';
import { formatCount } from './format.js';
import { formatTable } from './table.js';

const SHOWN = 15;

/**
 * The table of what a run changed, or in a dry run would change: the first rows, and where all are.
 *
 * @param file path of the CSV file with every row
 */
export function formatChanges(plan: PlanTable, dryRun: boolean, file: string): string[] {
  if (plan.total === 0)
    return [dryRun ? 'Nothing would have to change.' : 'Nothing had to change.'];
  const things = plan.total === 1 ? 'change' : 'changes';
  const head = `${dryRun ? 'Would make' : 'Made'} ${formatCount(plan.total)} ${things}:`;
  const rows = plan.rows.slice(0, SHOWN);
  const kept =
    plan.rows.length < plan.total ? `the first ${formatCount(plan.rows.length)} are` : 'all are';
  const rest = plan.total - rows.length;
  const more =
    rest > 0 ? `  ... and ${formatCount(rest)} more; ${kept} in ${file}` : `  They are in ${file}`;
  return [head, '', ...formatTable(plan.columns, rows), more];
}
