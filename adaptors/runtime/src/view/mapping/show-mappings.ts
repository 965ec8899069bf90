import type { OnlineFinding } from '../../check/check-online.js';
import type { CheckState } from '../online/online-check.js';
import { describeRow, type ShownRow } from './describe-row.js';
import type { JobMapping } from './read-mappings.js';

/** A job as a page shows it. */
export interface ShownJob extends Omit<JobMapping, 'rows'> {
  rows: ShownRow[];
  /** What the check found of its steps, each once: also what no row is to blame for. */
  findings: OnlineFinding[];
}

const NOTHING_KNOWN = { findings: [], metadata: { programs: {}, given: {} } };

/**
 * All jobs with what the last check found of them; and what concerns no step, such as a credential.
 *
 * @param state of the last check, if one can be made
 */
export function showMappings(
  jobs: readonly JobMapping[],
  state: Pick<CheckState, 'findings' | 'metadata'> | undefined,
): { jobs: ShownJob[]; other: OnlineFinding[] } {
  const { findings, metadata } = state ?? NOTHING_KNOWN;
  const isOf =
    ({ steps }: JobMapping) =>
    ({ workflow, step }: OnlineFinding) =>
      steps.some(one => one.workflow === workflow && one.step === step);
  const shown = jobs.map(job => {
    const own = unique(findings.filter(isOf(job)));
    const workflows = job.steps.map(({ workflow }) => workflow);
    // A later step may find what a row of the mapping is to blame for.
    const near = findings.filter(({ workflow = '' }) => workflows.includes(workflow));
    const known = { metadata, findings: near, workflows };
    return { ...job, rows: job.rows.map(row => describeRow(row, known)), findings: own };
  });
  return { jobs: shown, other: findings.filter(one => !jobs.some(job => isOf(job)(one))) };
}

/** `two-way` finds what its two ways find. */
function unique(findings: readonly OnlineFinding[]): OnlineFinding[] {
  const seen = new Map(findings.map(one => [`${one.code} ${one.message}`, one]));
  return [...seen.values()];
}
