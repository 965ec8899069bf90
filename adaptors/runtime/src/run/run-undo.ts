import { configurationError } from '#common/reporting/errors.js';
import type { LeftOut } from '#common/reporting/report.js';
import { createUndoLedger, type UndoRow } from '#common/reporting/undo-table.js';
import { compileJob } from '../compile/compile-job.js';
import type { CompiledStep } from '../engine/step-run.js';
import { readProject } from '../project/read-project.js';
import { readWorkflow, type Workflow } from '../project/read-workflow.js';
import { hashJobs } from './hash-jobs.js';
import { runCompiled } from './run-compiled.js';
import type { RunOutcome } from './run-outcome.js';
import type { ReadyRun, RunRequest } from './run-request.js';
import { compileStep } from './run-workflow.js';

/** A run to take back, and with what. */
export interface UndoRequest
  extends Pick<RunRequest, 'project' | 'workflow' | 'credentials' | 'onReady' | 'onEvent'> {
  /** What the run changed. */
  rows: readonly UndoRow[];
  /** The servers of the run, by credential; undefined if its record does not say. */
  servers: Record<string, string> | undefined;
  dryRun: boolean;
}

/** The key of what this runtime reports itself, beside the steps. */
const KEPT = 'undo';

/**
 * Takes back what a run changed: one step for each kind of record, with the adaptor and the
 * credential of the step that made the changes.
 *
 * @throws IntegrationError `FOREIGN_RUN`, `UNDO_UNCLEAR` (configuration), and those of `runWorkflow`
 */
export async function runUndo(request: UndoRequest): Promise<RunOutcome> {
  const project = readProject(request.project);
  const whole = await readWorkflow(project, request.workflow);
  const possible = request.rows.filter(({ obstacle }) => obstacle === undefined);
  const steps = toSteps(whole, [...new Set(possible.map(({ kind }) => kind))]);
  const workflow: Workflow = { ...whole, steps, starts: steps.slice(0, 1).map(({ id }) => id) };
  const ledger = createUndoLedger({ isUnlimited: true });
  for (const row of possible) ledger.add(row);
  const onReady = (ready: ReadyRun) => {
    refuseOtherServers(request.servers, ready);
    request.onReady?.(ready);
  };
  const outcome = await runCompiled(
    { ...request, onReady },
    {
      workflow,
      steps,
      state: { undo: ledger.table(), ...(request.dryRun ? { dryRun: true } : {}) },
      jobsHash: hashJobs(whole.steps),
      engine: { isUnlimited: true },
    },
  );
  const impossible = toLeftOut(request.rows);
  if (impossible.length === 0) return outcome;
  return { ...outcome, report: { [KEPT]: { leftOut: impossible }, ...outcome.report } };
}

/** Changes that cannot be taken back, by their reason. */
function toLeftOut(rows: readonly UndoRow[]): LeftOut[] {
  const left = new Map<string, LeftOut>();
  for (const { obstacle: reason, kind, change } of rows) {
    if (reason === undefined) continue;
    const subject = [kind, change].filter(Boolean).join(' ');
    const key = JSON.stringify([reason, subject]);
    left.set(key, { reason, subject, count: (left.get(key)?.count ?? 0) + 1 });
  }
  return [...left.values()];
}

function toSteps(workflow: Workflow, kinds: readonly string[]): CompiledStep[] {
  const compiled = workflow.steps.map(compileStep);
  const steps = kinds.map(kind => toStep(workflow.key, compiled, kind));
  return steps.map((step, index) => {
    const to = steps[index + 1]?.id;
    const next = to === undefined ? [] : [{ to, condition: 'on_job_success', disabled: false }];
    return { ...step, next };
  });
}

/** The step that takes back the changes of one kind of record. */
function toStep(key: string, steps: readonly CompiledStep[], kind: string): CompiledStep {
  const makers = steps.filter(({ adaptor, compiled }) => {
    const { writes } = adaptor.undoes?.[kind] ?? {};
    return writes !== undefined && compiled.free.has(writes);
  });
  const [maker] = makers;
  if (!maker || new Set(makers.map(({ credential }) => credential)).size > 1) {
    throw configurationError(
      'UNDO_UNCLEAR',
      `The workflow ${key} has ${maker ? 'several credentials' : 'no step'} with which the ${kind} changes may have been written. Nothing was written.`,
      { fix: 'Take them back with the project.yaml and the jobs of that run.' },
    );
  }
  const { undoes: operation } = maker.adaptor.undoes![kind]!;
  const name = operation.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  const source = `${operation}();`;
  const file = `godata-dhis2 undo (${name})`;
  const compiled = compileJob({ source, file, name, adaptors: [maker.adaptor] });
  return { ...maker, id: name, key: name, name, source, file, compiled, next: [] };
}

/** What a run wrote to one server must not be written back to another one. */
function refuseOtherServers(
  then: Record<string, string> | undefined,
  { servers }: Pick<ReadyRun, 'servers'>,
): void {
  for (const [credential, now] of Object.entries(servers)) {
    const was = then?.[credential];
    if (was === now) continue;
    throw configurationError(
      'FOREIGN_RUN',
      was === undefined
        ? `The record of the run does not say to which server of the credential ${credential} it wrote. Nothing was written.`
        : `The run wrote to ${was}, and the credential ${credential} is of ${now}. Nothing was written.`,
      { fix: 'Give the credentials with which that run was made.', details: { credential } },
    );
  }
}
