import { formatCount } from './format-count.js';
import type { Coverage, LeftOut, StepReport } from './report.js';

/** Causes that a line names. */
const MAX_CAUSES = 5;

/**
 * The part that reached the target, from 0 to 1; 1 if nothing was expected.
 *
 * @example
 * shareOf({ ...coverage, reached: 151, expected: 579 }); // 0.26...
 */
export function shareOf({ reached, expected }: Coverage): number {
  return expected === 0 ? 1 : reached / expected;
}

/**
 * A coverage in one line. The percentage is rounded down: 100 % means all.
 *
 * @example
 * formatCoverage(coverage); // '151 of 579 cases (26 %) reach a value; 428 omitted: age=13-24 (201), ...'
 */
export function formatCoverage(coverage: Coverage): string {
  const { things, verb, reached, expected, rejected = [], omitted, onPurpose } = coverage;
  const share = expected === 0 ? '' : ` (${toPercent(shareOf(coverage))})`;
  return [
    `${formatCount(reached)} of ${formatCount(expected)} ${things}${share} ${verb}`,
    ...part('rejected', rejected),
    ...part('omitted', omitted),
    ...part('left out on purpose', onPurpose),
  ].join('; ');
}

/** The line of a report in the log, if it has a coverage. */
export function coverageLines({ coverage }: StepReport): string[] {
  return coverage ? [formatCoverage(coverage)] : [];
}

/** A share as a whole percentage, rounded down: `26 %`. */
export function toPercent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

function part(what: string, rows: readonly LeftOut[]): string[] {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? [] : [`${formatCount(total)} ${what}: ${listCauses(rows)}`];
}

/** The largest causes with their numbers: `age=13-24 (201), no-location (3)`. */
function listCauses(rows: readonly LeftOut[]): string {
  const shown = rows.slice(0, MAX_CAUSES);
  const rest = rows.slice(MAX_CAUSES).reduce((sum, { count }) => sum + count, 0);
  const texts = shown.map(row => `${causeOf(row)} (${formatCount(row.count)})`);
  return [...texts, ...(rest > 0 ? [`for other reasons (${formatCount(rest)})`] : [])].join(', ');
}

/**
 * Rows by cause, largest first. A code is a cause of its own, `age=13-24`; places are counted
 * together under their reason.
 */
export function toCauses(rows: readonly LeftOut[]): LeftOut[] {
  const causes = new Map<string, LeftOut>();
  for (const { reason, subject, count } of rows) {
    const row = { reason, subject: isCode(subject) ? subject : '', count: 0 };
    const key = causeOf(row);
    causes.set(key, { ...row, count: (causes.get(key)?.count ?? 0) + count });
  }
  return [...causes.values()].sort((a, b) => b.count - a.count || order(causeOf(a), causeOf(b)));
}

/** What is to blame for a row of {@link toCauses}: a code, or the reason. */
function causeOf({ reason, subject }: LeftOut): string {
  return isCode(subject) ? subject : reason;
}

function isCode(subject: string): boolean {
  return /^[^\s(=]+=/.test(subject);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
