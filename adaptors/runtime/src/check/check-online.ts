import type { StepReport } from '#common/reporting/report.js';
import { readCredentials, refuseMissingFile } from '../credentials/read-credentials.js';
import type { RunEvent } from '../engine/events.js';
import { type RunError, toRunError } from '../engine/run-error.js';
import { readProject } from '../project/read-project.js';
import { readWorkflow } from '../project/read-workflow.js';
import { runWorkflow } from '../run/run-workflow.js';
import { tryCredentials } from './try-credentials.js';

/** A problem of a mapping on a live server, or an error that prevented the check. */
export interface OnlineFinding {
  /** An `error` stops a run; a `warning` leaves something out of it; a `note` is no problem. */
  severity: 'error' | 'warning' | 'note';
  /** Key of the workflow; absent if a credential is at fault, which all workflows need. */
  workflow?: string;
  /** Name of the credential at fault. */
  credential?: string;
  step?: string;
  /** Code of the error, or reason for which records are left out. */
  code: string;
  message: string;
  fix?: string;
  /** The value that is left out, and how many records have it. */
  leftOut?: { subject: string; count: number };
  /** How many of the people that were read have a value for each field. */
  given?: { read: number; fields: Record<string, number> };
}

/** Who is told what a check does and sees. */
export interface CheckListener {
  /** Called before each workflow. */
  onWorkflow?(workflow: string): void;
  /** What each dry run says while it runs, with the states between its steps. */
  onEvent?(workflow: string, event: RunEvent): void;
  /** What the steps of a dry run reported. */
  onReport?(workflow: string, report: Record<string, StepReport>): void;
}

/**
 * Records that a check reads from each source: enough to find a mapping's mistakes, few enough to
 * be quick.
 */
const BATCH_SIZE = 500;

/** Reasons that point to the mapping and not to a record. */
const BLAMES_MAPPING = /^(un(mapped|known|assigned)-|no-data-value|above-level)/;

/**
 * Checks every workflow against the live servers by a dry run on a part of its source. It reads,
 * compares the mapping with what the servers have, and plans; it writes nothing. First it tries each
 * credential once, and ends if one is refused.
 *
 * @param project folder of project.yaml
 * @param credentials path of the credentials file
 * @param listener is told what the check does
 * @example
 * await checkOnline('.', 'state/credentials.json');
 */
export async function checkOnline(
  project: string,
  credentials: string | undefined,
  listener: CheckListener = {},
): Promise<OnlineFinding[]> {
  const refused = await findRefused(project, credentials);
  if (refused.length > 0) return refused;
  const findings: OnlineFinding[] = [];
  for (const workflow of readProject(project).workflows) {
    listener.onWorkflow?.(workflow);
    findings.push(...(await checkOne(project, workflow, credentials, listener)));
  }
  return findings;
}

/** The credentials with which nothing can be checked. */
async function findRefused(
  project: string,
  credentials: string | undefined,
): Promise<OnlineFinding[]> {
  const toFinding = ({ code, message, fix }: RunError, credential?: string): OnlineFinding => ({
    severity: 'error',
    ...(credential && { credential }),
    code,
    message,
    ...(fix && { fix }),
  });
  try {
    const loaded = readProject(project);
    const steps = await Promise.all(loaded.workflows.map(key => readWorkflow(loaded, key)));
    const all = steps.flatMap(workflow => workflow.steps);
    if (credentials === undefined) refuseMissingFile(all);
    if (credentials === undefined) return [];
    const values = readCredentials(credentials);
    const refused = await tryCredentials(project, all, values, credentials);
    return refused.map(({ credential, error }) => toFinding(error, credential));
  } catch (cause) {
    return [toFinding(toRunError(cause))];
  }
}

async function checkOne(
  project: string,
  workflow: string,
  credentials: string | undefined,
  { onEvent, onReport }: CheckListener,
): Promise<OnlineFinding[]> {
  try {
    const state = { dryRun: true, batchSize: BATCH_SIZE };
    const { errors, report } = await runWorkflow({
      ...{ project, workflow, credentials, state },
      onEvent: event => onEvent?.(workflow, event),
    });
    onReport?.(workflow, report);
    return [
      ...errors.map(
        ({ step, code, message, fix }): OnlineFinding => ({
          severity: 'error',
          workflow,
          ...(step && { step }),
          code,
          message,
          ...(fix && { fix }),
        }),
      ),
      ...Object.entries(report).flatMap(([step, one]) => [
        ...findLeftOut(workflow, step, one),
        ...describeGiven(workflow, step, one),
        ...(one.findings ?? []).map(finding => ({ workflow, step, ...finding })),
      ]),
    ];
  } catch (cause) {
    const { code, message, fix } = toRunError(cause);
    return [{ severity: 'error', workflow, code, message, ...(fix && { fix }) }];
  }
}

function findLeftOut(
  workflow: string,
  step: string,
  { leftOut = [] }: StepReport,
): OnlineFinding[] {
  return leftOut
    .filter(({ reason }) => BLAMES_MAPPING.test(reason))
    .map(({ reason, subject, count }) => ({
      severity: 'warning',
      workflow,
      step,
      code: reason,
      message: `${subject || 'Records'} (${count}) would be left out.`,
      leftOut: { subject, count },
    }));
}

/** How many of the people that were read have a value for each field: an empty field may be a mistake. */
function describeGiven(
  workflow: string,
  step: string,
  { read, given }: StepReport,
): OnlineFinding[] {
  if (!given || !read) return [];
  const entries = Object.entries(given).sort(([, a], [, b]) => b - a);
  const some = entries.filter(([, count]) => count > 0).map(([field, n]) => `${field} ${n}`);
  const none = entries.filter(([, count]) => count === 0).map(([field]) => field);
  const parts = [
    `Of ${read} people, these have a value: ${some.join(', ') || 'none'}.`,
    ...(none.length > 0 ? [`Nobody has: ${none.join(', ')}.`] : []),
  ];
  const message = parts.join(' ');
  const numbers = { read, fields: given };
  return [{ severity: 'note', workflow, step, code: 'coverage', message, given: numbers }];
}
