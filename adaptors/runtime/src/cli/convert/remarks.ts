import { formatCount } from '#common/reporting/format-count.js';
import type { StepReport } from '#common/reporting/report.js';

/** Lines of one kind, unless all are asked for. */
const SHOWN = 10;

/** What a step says about single records, by kind. */
export function formatRemarks(report: StepReport, isVerbose: boolean): string[] {
  const { warnings = [], rejected = [], rejectedCount = 0 } = report;
  const { adjusted = [], adjustedCount = 0 } = report;
  return [
    ...warnings,
    ...byCode('rejected', rejected, rejectedCount, isVerbose),
    ...byCode('adjusted', adjusted, adjustedCount, isVerbose),
  ];
}

interface Remark {
  kind: string;
  id: string;
  code: string;
  message: string;
}

function byCode(
  word: string,
  remarks: readonly Remark[],
  count: number,
  isVerbose: boolean,
): string[] {
  const groups = new Map<string, Remark[]>();
  for (const remark of remarks)
    groups.set(remark.code, [...(groups.get(remark.code) ?? []), remark]);
  const lines = [...groups].flatMap(([code, rows]) => {
    const shown = isVerbose ? rows : rows.slice(0, SHOWN);
    const rest = rows.length - shown.length;
    return [
      `${word}, ${code}: ${formatCount(rows.length)}`,
      ...shown.map(({ kind, id, message }) => `  ${kind} ${id}: ${message}`),
      ...(rest > 0 ? [`  ... and ${formatCount(rest)} more (--verbose names them)`] : []),
    ];
  });
  const unlisted = count - remarks.length;
  return unlisted > 0 ? [...lines, `${word}: ${formatCount(unlisted)} more`] : lines;
}
