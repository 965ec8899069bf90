import type { Tally } from '#common/handover/tally.js';
import { formatCoverage, shareOf, toCauses, toPercent } from '#common/reporting/coverage.js';
import type { Coverage, LeftOut } from '#common/reporting/report.js';

/** Half of what is expected: with less, the mapping fits another source. */
export const DEFAULT_MIN_COVERAGE = 0.5;

/**
 * Records that the report does not want: outside the window; dated after the day of the run, so
 * that they come later; named by `leaveOut`.
 */
const ON_PURPOSE = new Set(['outside-window', 'future-date', 'left-out-by-mapping']);

/** Where a record is corrected, by the reason for which it was omitted. */
const CORRECTIONS: Record<string, string> = {
  'unmapped-code':
    'map the codes in where and categoryOptions of the aggregate mapping, or name them in leaveOut',
  'no-data-value':
    'add a data element to dataValues that counts the codes, or name one of the codes in leaveOut',
  'no-location': 'enter the place of residence in Go.Data',
  'unmapped-location':
    "enter the org unit's code among the location's identifiers in Go.Data, or use orgUnits.table",
  'unassigned-location': 'assign the data set to the org units in DHIS2',
  'above-level': 'change orgUnits.level',
  'no-date': 'enter the date in Go.Data, or count by another dateField',
  'invalid-date': 'correct the date in Go.Data',
};

/**
 * How many of the source's records reach a data value. All records that the counting step read
 * are in it: those that it omitted itself (no date), too. If the report has a window, a record
 * without a date is in none, however few are in the window; unless most records have no date.
 *
 * @param counted records in at least one value
 * @param leftOut records in none
 */
export function coverageOf(
  { model, window, leftOut: omittedBefore = {} }: Tally,
  counted: number,
  leftOut: readonly LeftOut[],
): Coverage {
  const before = Object.entries(omittedBefore).map(([reason, count]) => ({
    reason,
    subject: '',
    count,
  }));
  const causes = toCauses([...before, ...leftOut]);
  const { 'no-date': undated = 0 } = omittedBefore;
  const all = causes.reduce((sum, { count }) => sum + count, counted);
  const isWindowed = (window.from ?? window.until) !== null;
  const isDated = isWindowed && undated <= all / 2;
  const isOnPurpose = ({ reason }: LeftOut) =>
    ON_PURPOSE.has(reason) || (isDated && reason === 'no-date');
  const omitted = causes.filter(cause => !isOnPurpose(cause));
  return {
    things: model,
    verb: 'reach a value',
    reached: counted,
    expected: counted + omitted.reduce((sum, { count }) => sum + count, 0),
    omitted,
    onPurpose: causes.filter(isOnPurpose),
  };
}

/** Why the coverage is too low to write, and where to correct it; undefined if it is not. */
export function explainLowCoverage(coverage: Coverage, minCoverage: number): string | undefined {
  if (shareOf(coverage) >= minCoverage) return undefined;
  const reasons = [...new Set(coverage.omitted.map(({ reason }) => reason))];
  const corrections = reasons.flatMap(reason =>
    CORRECTIONS[reason] ? [`${reason}: ${CORRECTIONS[reason]}`] : [],
  );
  return `${formatCoverage(coverage)}. minCoverage of the mapping asks for ${toPercent(minCoverage)}. Where to correct it: ${corrections.join('; ')}.`;
}
