import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';

type State = Record<string, unknown>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlanTable(value: unknown): value is PlanTable {
  return (
    isObject(value) &&
    Array.isArray(value.columns) &&
    Array.isArray(value.rows) &&
    typeof value.total === 'number'
  );
}

/** The reports of all last steps; one step's report is under its name. */
export function readReport(leaves: State[]): Record<string, StepReport> {
  const reports = leaves.map(({ report }) => report).filter(isObject);
  const entries = reports.flatMap(report =>
    Object.entries(report).filter(([, entry]) => isObject(entry)),
  );
  return Object.fromEntries(entries) as Record<string, StepReport>;
}

/** The table of changes that a writing step left in `state.data.plan`. */
export function readPlan({ data }: State): PlanTable | undefined {
  const plan = isObject(data) ? data.plan : undefined;
  return isPlanTable(plan) ? plan : undefined;
}
