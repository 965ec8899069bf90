import { addCoverage } from '#common/reporting/people-coverage.js';
import { type LeftOut, MAX_LISTED, type StepReport } from '#common/reporting/report.js';

type Reports = Record<string, StepReport>;

/** Records left out for one reason and one subject are one row. */
function addLeftOut(rows: LeftOut[]): LeftOut[] {
  const sums = new Map<string, LeftOut>();
  for (const row of rows) {
    const key = JSON.stringify([row.reason, row.subject]);
    sums.set(key, { ...row, count: (sums.get(key)?.count ?? 0) + row.count });
  }
  return [...sums.values()];
}

/** Whether a later run does not count the same records again. */
const isPast = ({ isCurrent }: LeftOut) => !isCurrent;

/** Lists of records, each with its count: a run tries again what earlier runs have rejected. */
const RECORDS = { rejected: 'rejectedCount', adjusted: 'adjustedCount' } as const;

/** Rows that are not in a list yet. */
function newRows(before: readonly unknown[], later: readonly unknown[]): unknown[] {
  const known = new Set(before.map(row => JSON.stringify(row)));
  return later.filter(row => !known.has(JSON.stringify(row)));
}

/** A report without what an earlier one says in the same words. */
function withoutTold(report: StepReport, earlier: StepReport): StepReport {
  const news: Record<string, unknown> = { ...report };
  for (const [list, count] of Object.entries(RECORDS) as [keyof typeof RECORDS, string][]) {
    const rows = report[list];
    if (!rows || !earlier[list]) continue;
    const fresh = newRows(earlier[list], rows);
    news[list] = fresh;
    news[count] = Number(news[count] ?? rows.length) - (rows.length - fresh.length);
  }
  return news;
}

/** Lists of sentences, which are told once. */
const TEXTS = new Set(['warnings', 'headlines']);

/**
 * Numbers are added, lists are joined; of everything else the later value counts. A record that
 * several runs reject for one reason counts once.
 */
function addReport(a: StepReport, later: StepReport): StepReport {
  const earlier = a as Record<string, unknown>;
  const b = withoutTold(later, a);
  const told = (later.rejected ?? []).filter(row => !b.rejected?.includes(row));
  const entries = Object.entries(b).map(([key, later]) => {
    const before = earlier[key];
    // Of people, each run tells its own; of counts, all.
    if (key === 'coverage' && a.coverage?.rejected && b.coverage?.rejected) {
      return [key, addCoverage(a.coverage, b.coverage, told)];
    }
    if (typeof later === 'number' && typeof before === 'number') return [key, before + later];
    if (!Array.isArray(later) || !Array.isArray(before)) return [key, later];
    if (key === 'leftOut') return [key, addLeftOut([...before.filter(isPast), ...later])];
    const joined = TEXTS.has(key) ? [...new Set([...before, ...later])] : [...before, ...later];
    return [key, joined.slice(0, MAX_LISTED)];
  });
  return { ...a, ...Object.fromEntries(entries) };
}

/** The reports of two runs of a workflow as if they had been one. */
export function addReports(a: Reports, b: Reports): Reports {
  const added = Object.entries(b).map(([step, report]) => [step, addReport(a[step] ?? {}, report)]);
  return { ...a, ...Object.fromEntries(added) };
}
