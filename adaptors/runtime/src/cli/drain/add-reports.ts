import { type LeftOut, MAX_LISTED, type StepReport } from '../../../../common/src/report.js';

type Reports = Record<string, StepReport>;

/** What was left out for one reason and one subject is one row. */
function addLeftOut(rows: LeftOut[]): LeftOut[] {
  const sums = new Map<string, LeftOut>();
  for (const row of rows) {
    const key = JSON.stringify([row.reason, row.subject]);
    sums.set(key, { ...row, count: (sums.get(key)?.count ?? 0) + row.count });
  }
  return [...sums.values()];
}

/** Numbers are added, lists are joined; of anything else the later counts. */
function addReport(a: StepReport, b: StepReport): StepReport {
  const earlier = a as Record<string, unknown>;
  const entries = Object.entries(b).map(([key, later]) => {
    const before = earlier[key];
    if (typeof later === 'number' && typeof before === 'number') return [key, before + later];
    if (!Array.isArray(later) || !Array.isArray(before)) return [key, later];
    if (key === 'leftOut') return [key, addLeftOut([...before, ...later])];
    const joined = key === 'warnings' ? [...new Set([...before, ...later])] : [...before, ...later];
    return [key, joined.slice(0, MAX_LISTED)];
  });
  return { ...a, ...Object.fromEntries(entries) };
}

/** The reports of two runs of a workflow as if they had been one. */
export function addReports(a: Reports, b: Reports): Reports {
  const added = Object.entries(b).map(([step, report]) => [step, addReport(a[step] ?? {}, report)]);
  return { ...a, ...Object.fromEntries(added) };
}
