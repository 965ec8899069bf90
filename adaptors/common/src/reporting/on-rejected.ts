import { badOption } from '../operations/options.js';
import { IntegrationError } from './errors.js';
import { formatCount } from './format-count.js';
import { cutLists, type Rejected, type StepReport } from './report.js';

/** An option of every writing operation. */
export interface OnRejectedOption {
  /**
   * What rejected records do to the run. `report`: they are reported, and the run goes on. `fail`:
   * the step fails if any record was rejected. `{ failAbove: 0.5 }`: it fails if more than this
   * share of the records was rejected. The step fails after everything else has been written, and
   * the next run begins where this one began. A step whose records were all rejected fails in any
   * case. In a run that continues an earlier one, a few people may be all that changed: then it
   * fails if there are 10 or more, without those that earlier runs have reported. Default `report`.
   */
  onRejected?: OnRejected;
}

/** What rejected records do to the run. */
export type OnRejected = 'report' | 'fail' | { failAbove: number };

/** Code of the error of a step that fails because of rejected records. */
export const REJECTED = 'REJECTED';

/**
 * Reads the option.
 *
 * @param options of the operation
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function readOnRejected(options: OnRejectedOption | undefined): OnRejected {
  const onRejected: unknown = options?.onRejected ?? 'report';
  if (onRejected === 'report' || onRejected === 'fail') return onRejected;
  const { failAbove, ...rest } = Object(onRejected) as { failAbove?: unknown };
  const isShare = typeof failAbove === 'number' && failAbove >= 0 && failAbove <= 1;
  if (typeof onRejected === 'object' && isShare && Object.keys(rest).length === 0) {
    return { failAbove };
  }
  throw badOption(
    'onRejected',
    "must be 'report', 'fail' or { failAbove } with a number from 0 to 1",
    'For example { failAbove: 0.5 }: fail if more than 50 % of the records are rejected.',
  );
}

/** Fewer rejected records never fail a run that continues an earlier one. */
const LEAST = 10;

/** Records that the target has at the end as the source has them. */
const REACHED = ['created', 'updated', 'unchanged', 'deactivated', 'deleted'] as const;

/** What a writing step and the steps before it did with the records of a batch. */
export interface Handled {
  /** Name of the writing step. */
  step: string;
  report: StepReport;
  /** Reports of the steps of this run that read and mapped the records. */
  before: readonly StepReport[];
  /** The earlier run that this one continues; undefined if it reads everything. */
  earlier: EarlierRun | undefined;
}

/** What is known of an earlier run. */
export interface EarlierRun {
  /** Ids of records that it has rejected, and that this run has tried again. */
  retried: readonly string[];
}

/**
 * The failure of a step because of rejected records; undefined if the step may end well. It has the
 * step's report, for hosts that drop the state of a failed step.
 */
export function failureOf(onRejected: OnRejected, handled: Handled): IntegrationError | undefined {
  const { step, report, before, earlier } = handled;
  const reports = [...before, report];
  const rejected = countRejected(reports);
  if (rejected === 0) return undefined;
  const reached = REACHED.reduce((sum, key) => sum + (report[key] ?? 0), 0);
  // A person is written as several records; `read` counts people.
  const read = report.read === undefined ? undefined : report.read + countRejected(before);
  const total = Math.max(rejected, read ?? rejected + reached);
  const isAll = reached === 0 && (!earlier || countNew(reports, earlier) >= LEAST);
  const isAbove = typeof onRejected === 'object' && rejected / total > onRejected.failAbove;
  if (!isAll && !isAbove && onRejected !== 'fail') return undefined;
  const limit = isAbove ? `, more than ${Math.round(onRejected.failAbove * 100)} %` : '';
  return new IntegrationError({
    code: REJECTED,
    message: `${formatCount(rejected)} of ${formatCount(total)} records were rejected${limit}. All others were written.`,
    fix: 'Correct the rejected records, or the mapping; they are in the log and in the report. The next run begins where this one began.',
    details: { step, rejected, total, report: cutLists(report) },
  });
}

/** Records with something rejected: one with several refused values counts once. */
function countRejected(reports: readonly StepReport[]): number {
  return reports.reduce((sum, { rejected = [], rejectedCount = rejected.length }) => {
    return sum + rejectedCount - (rejected.length - new Set(rejected.map(keyOf)).size);
  }, 0);
}

function countNew(reports: readonly StepReport[], { retried }: EarlierRun): number {
  const known = new Set(retried);
  const rejected = reports.flatMap(({ rejected = [] }) => rejected);
  return new Set(rejected.filter(({ id }) => !known.has(id)).map(keyOf)).size;
}

const keyOf = ({ kind, id }: Rejected) => `${kind} ${id}`;

/** What a dry run says instead of failing. */
export function warningOf(failure: IntegrationError): string {
  const { rejected, total } = failure.details as { rejected: number; total: number };
  return `A run would end as failed: ${formatCount(rejected)} of ${formatCount(total)} records would be rejected (onRejected).`;
}
