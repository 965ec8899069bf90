import { formatCoverage } from '#common/reporting/coverage.js';
import { formatCount } from '#common/reporting/format-count.js';
import type { LeftOut, StepReport } from '#common/reporting/report.js';
import { formatCounts, formatRejected, MAX_TOLD } from '#common/reporting/step-lines.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { formatSeconds } from './format.js';

const SUBJECTS = 5;
const ADJUSTED = 3;

/** One line for each reason, with the most frequent subjects. */
function formatLeftOut(leftOut: LeftOut[]): string[] {
  const byReason = new Map<string, LeftOut[]>();
  for (const row of leftOut) byReason.set(row.reason, [...(byReason.get(row.reason) ?? []), row]);
  return [...byReason].map(([reason, rows]) => {
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const named = rows.filter(({ subject }) => subject !== '').sort((a, b) => b.count - a.count);
    const shown = named
      .slice(0, SUBJECTS)
      .map(({ subject, count }) => `${subject} (${formatCount(count)})`);
    if (named.length > SUBJECTS) shown.push(`${formatCount(named.length - SUBJECTS)} more`);
    return `    left out, ${reason}: ${formatCount(total)}${shown.length > 0 ? `: ${shown.join(', ')}` : ''}`;
  });
}

function listRejected({ rejected = [], rejectedCount = 0 }: StepReport, file: string): string[] {
  const lines = rejected.slice(0, MAX_TOLD).map(row => `    ${formatRejected(row)}`);
  const rest = rejectedCount - lines.length;
  return rest > 0 && lines.length > 0
    ? [...lines, `    ... and ${formatCount(rest)} more in ${file}`]
    : lines;
}

/** One line for each reason, with the first records concerned. */
function formatAdjusted({ adjusted = [], adjustedCount = 0 }: StepReport, file: string): string[] {
  const byCode = new Map<string, NonNullable<StepReport['adjusted']>>();
  for (const row of adjusted) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  const lines = [...byCode].flatMap(([code, rows]) => [
    `    adjusted, ${code}: ${formatCount(rows.length)}`,
    ...rows.slice(0, ADJUSTED).map(({ kind, id, message }) => `      ${kind} ${id}: ${message}`),
    ...(rows.length > ADJUSTED
      ? [`      ... and ${formatCount(rows.length - ADJUSTED)} more in ${file}`]
      : []),
  ]);
  const rest = adjustedCount - adjusted.length;
  return rest > 0 ? [...lines, `    adjusted: ${formatCount(rest)} more`] : lines;
}

/** What a dry run asked the server. */
function formatValidated({ validated }: StepReport): string[] {
  if (!validated) return [];
  const { requests, notAsked } = validated;
  const left =
    notAsked > 0
      ? `; ${formatCount(notAsked)} objects could not be checked, because they need others that are not stored yet`
      : '';
  return [
    `    the server checked what it would refuse: ${formatCount(requests)} request${requests === 1 ? '' : 's'}${left}`,
  ];
}

type Told = Pick<RunOutcome, 'report' | 'steps' | 'seconds'>;

function formatStep(step: string, report: StepReport, outcome: Told, file: string): string[] {
  const seconds = outcome.steps.findLast(run => run.step === step)?.seconds;
  const facts = [
    ...formatCounts(report),
    ...(report.requests === undefined ? [] : [`${formatCount(report.requests)} requests`]),
    ...(seconds === undefined ? [] : [formatSeconds(seconds)]),
  ];
  return [
    `  ${step}: ${facts.join(', ')}`,
    ...formatValidated(report),
    ...formatLeftOut(report.leftOut ?? []),
    ...listRejected(report, file),
    ...formatAdjusted(report, file),
    ...warningsOf(report).map(warning => `    warning: ${warning}`),
  ];
}

function warningsOf({ warnings = [], findings = [] }: StepReport): string[] {
  const found = findings.filter(({ severity }) => severity === 'warning');
  return [...found.map(({ message }) => message), ...warnings];
}

/**
 * What a reader must know before everything else: what the run creates that is larger than a
 * record, and how much of the source reaches its target.
 */
export function formatHeadlines({ report }: Pick<RunOutcome, 'report'>): string[] {
  return Object.values(report).flatMap(({ headlines = [], coverage }) => [
    ...headlines,
    ...(coverage ? [formatCoverage(coverage)] : []),
  ]);
}

/**
 * What each step did, in the order of the run, and how long everything took; nothing without
 * reports.
 *
 * @param file path of the full report
 */
export function formatSummary(outcome: Told, file: string): string[] {
  const steps = Object.entries(outcome.report);
  const lines = steps.flatMap(([step, report]) => formatStep(step, report, outcome, file));
  if (lines.length === 0) return [];
  const headlines = formatHeadlines(outcome).map(line => `  ${line}`);
  return ['Summary', ...headlines, ...lines, `  ${formatSeconds(outcome.seconds)} in all`];
}
