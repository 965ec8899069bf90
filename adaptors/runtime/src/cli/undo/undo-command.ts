import { existsSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { toRunError } from '../../engine/run-error.js';
import { findRecord, readReport, requireReport } from '../../record/read-record.js';
import { filesOf, listRecords, type RunRecord } from '../../record/records.js';
import type { RunReport } from '../../record/run-report.js';
import type { ExitStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { runUndo } from '../../run/run-undo.js';
import { formatCommand } from '../print/format.js';
import { askFirst, findAsked } from '../run/ask-first.js';
import { conduct, type Run, showOnce, tellOutcome } from '../run/conduct.js';
import { beginRecord, keepOldValues } from '../run/keep-record.js';
import type { RunOptions } from '../run/run-options.js';
import { readUndoFile } from './undo-file.js';

/** Options of `godata-dhis2 undo`. */
export interface UndoOptions
  extends Pick<
    RunOptions,
    'credentials' | 'dryRun' | 'json' | 'keepRuns' | 'project' | 'verbose' | 'yes'
  > {
  /** Only runs of this workflow. */
  workflow?: string;
}

/** The newest run that changed something and is no undo itself. */
function findLast(project: string, workflow: string | undefined): RunRecord {
  const found = listRecords(project, workflow).find(record => {
    const report = readReport(record);
    return report && report.undoOf === undefined && !report.dryRun && hasUndo(record);
  });
  if (found) return found;
  throw configurationError('NO_UNDO', 'No run has left changes to take back.', {
    fix: 'godata-dhis2 runs lists all runs, with what they changed.',
  });
}

function hasUndo(record: RunRecord): boolean {
  return existsSync(filesOf(record).undo);
}

function toCommand({ time }: RunRecord, options: UndoOptions, more: string[]): string {
  const { credentials, workflow, project } = options;
  return formatCommand([
    ...['npx', 'godata-dhis2', 'undo', time],
    ...(workflow ? ['--workflow', workflow] : []),
    ...(credentials ? ['--credentials', credentials] : []),
    ...(project === '.' ? [] : ['--project', project]),
    ...more,
  ]);
}

/** The next run would make the same changes again, unless an undo was taken back. */
function nextOf(record: RunRecord, { undoOf }: RunReport, options: UndoOptions, isDry: boolean) {
  const { workflow } = record;
  return ({ errors, plan }: RunOutcome): string => {
    if (errors.length > 0) {
      return `${toCommand(record, options, options.yes ? ['--yes'] : [])}   (once the error is corrected)`;
    }
    if (isDry && plan && plan.total > 0) {
      return `${toCommand(record, options, ['--yes'])}   (writes these changes back)`;
    }
    if (undoOf !== undefined) {
      return `start the schedule again if it was stopped: the next run of ${workflow} goes on from here`;
    }
    return `correct the mapping or the source, and stop the schedule until then: the next run of ${workflow} makes the changes again`;
  };
}

const STOPPED: readonly RunReport['status'][] = ['stopped', 'unfinished'];

/** What a step wrote that did not end is not in the record. */
function warnOfEnd({ view }: Run, { time }: RunRecord, { status }: RunReport): void {
  if (!STOPPED.includes(status)) return;
  const line = `The run ${time} did not end (${status}): what its last step wrote may not be in its record.`;
  view.show({ type: 'log', source: 'runtime', level: 'warn', line });
}

/** `last` goes past runs that left nothing to take back; some of them may have written. */
function warnOfLater({ view }: Run, { time, workflow }: RunRecord, project: string): void {
  const later = listRecords(project, workflow).filter(record => record.time > time);
  for (const record of later) {
    const report = readReport(record);
    if (!report || report.dryRun || hasUndo(record) || !STOPPED.includes(report.status)) continue;
    const line = `The later run ${record.time} did not end (${report.status}), and what it wrote is in no record. This takes back ${time}.`;
    view.show({ type: 'log', source: 'runtime', level: 'warn', line });
  }
}

function notConfirmed() {
  return toRunError(
    configurationError('NOT_CONFIRMED', 'Nobody could be asked, so nothing was written back.', {
      fix: 'Add --yes to write these changes back.',
    }),
  );
}

/**
 * `godata-dhis2 undo`: writes back what a run changed, where it is still as that run left it.
 *
 * @param time of the run, or `last`
 * @returns the exit status
 */
export function undoCommand(time: string, options: UndoOptions): Promise<ExitStatus> {
  const { project, workflow } = options;
  return conduct(workflow ?? 'undo', options, async run => {
    const record =
      time === 'last' ? findLast(project, workflow) : findRecord(project, time, workflow);
    const report = requireReport(record);
    run.workflow = record.workflow;
    run.undoOf = record.time;
    const rows = readUndoFile(record, report);
    warnOfEnd(run, record, report);
    if (time === 'last') warnOfLater(run, record, project);
    const perform = (dryRun: boolean) =>
      runUndo({
        project: path.resolve(project),
        workflow: record.workflow,
        credentials: options.credentials,
        rows,
        servers: report.servers,
        dryRun,
        onReady: ready => beginRecord(run, ready),
        onEvent: event => {
          const hasChanged = run.noteTaker.listen(event);
          if (hasChanged && !dryRun) keepOldValues(run);
          showOnce(run, event);
        },
      });
    const next = (isDry: boolean) => nextOf(record, report, options, isDry);
    return decide(run, options, next, perform);
  });
}

async function decide(
  run: Run,
  options: UndoOptions,
  next: (isDry: boolean) => (told: RunOutcome) => string,
  perform: (dryRun: boolean) => Promise<RunOutcome>,
): Promise<ExitStatus> {
  const ask = options.yes || options.dryRun ? undefined : findAsked(options);
  if (ask) {
    const plan = () => perform(true);
    const ended = await askFirst(run, ask, plan, { verb: 'Write back', next: next(true) });
    if (ended !== undefined) return ended;
  }
  const isDry = options.dryRun === true || (!ask && !options.yes);
  run.options = { ...options, dryRun: isDry };
  const outcome = await perform(isDry);
  const isUnconfirmed = isDry && !options.dryRun && outcome.plan !== undefined;
  const told =
    isUnconfirmed && outcome.plan!.total > 0 && outcome.errors.length === 0
      ? { ...outcome, exitStatus: 2 as const, errors: [notConfirmed()] }
      : outcome;
  return tellOutcome(run, told, next(isDry));
}
