import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';

const BETWEEN = ' / ';

/**
 * Several tables of changes as one, in their order: those of the steps of a run that write, or of
 * several runs. A column that has another head in one of them gets both.
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
