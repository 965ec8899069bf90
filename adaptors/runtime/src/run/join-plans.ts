import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';

const BETWEEN = ' / ';

/**
 * Joins several tables of changes: those of all writing steps of a run, or of several runs, in this
 * order. A column that has another head in one of them gets both heads.
 */
export function joinPlans(plans: readonly PlanTable[]): PlanTable | undefined {
  const last = plans.at(-1);
  if (!last || plans.length === 1) return last;
  const refused = plans.reduce((sum, one) => sum + (one.refused ?? 0), 0);
  const width = Math.max(...plans.map(({ columns }) => columns.length));
  return {
    ...last,
    columns: Array.from({ length: width }, (_, n) => joinHeads(plans.map(one => one.columns[n]))),
    rows: plans.flatMap(({ rows }) => rows).slice(0, MAX_PLAN_ROWS),
    total: plans.reduce((sum, { total }) => sum + total, 0),
    ...(refused > 0 ? { refused } : {}),
  };
}

function joinHeads(heads: readonly (string | undefined)[]): string {
  return [...new Set(heads.flatMap(head => head?.split(BETWEEN) ?? []))].join(BETWEEN);
}
