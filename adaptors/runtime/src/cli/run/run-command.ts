import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import type { RunEvent } from '../../engine/events.js';
import { cacheStep } from '../../files/step-cache.js';
import type { ExitStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { runWorkflow } from '../../run/run-workflow.js';
import { waitEvent } from '../../run/wait-event.js';
import { askFirst, findAsked } from './ask-first.js';
import { conduct, type Run, showOnce, tellOutcome } from './conduct.js';
import { drainAll } from './drain/drain-all.js';
import { holdState } from './hold-state.js';
import { beginRecord, keepOldValues } from './keep-record.js';
import { nextCommand } from './next-command.js';
import { readState } from './read-state.js';
import type { RunOptions } from './run-options.js';

/** `--cache-steps`: a run with `--start` begins with what the step before it left. */
function keepStep({ options, begun }: Run, event: RunEvent): void {
  if (!options.cacheSteps || event.type !== 'step-complete' || !begun) return;
  cacheStep(path.resolve(options.project), begun.record.workflow, event.step, event.state);
}

/** A drain repeats the whole workflow. */
function refuseDrain({ drain, start, end }: RunOptions): void {
  if (!drain || (start === undefined && end === undefined)) return;
  throw configurationError(
    'BAD_OPTION',
    '--drain repeats the whole workflow: it cannot be used with --start or --end.',
    { fix: 'Omit --drain, or --start and --end.' },
  );
}

/** Said on stderr: a mistyped name would begin anew as well. */
function tellNew({ options: { state }, view }: Run): void {
  const line = `There is no state file ${state}. This run begins anew and reads everything.`;
  view.show({ type: 'log', source: 'runtime', level: 'warn', line });
}

async function runAndTell(run: Run, state: Record<string, unknown>): Promise<ExitStatus> {
  const { workflow, options } = run;
  const isDryState = state.dryRun === true;
  const next = (told: RunOutcome) => nextCommand(workflow, run.options, told, isDryState);
  const runPass = async (initial: Record<string, unknown>) => {
    const isDry = options.dryRun === true || initial.dryRun === true;
    const outcome = await runWorkflow({
      project: path.resolve(options.project),
      workflow,
      credentials: options.credentials,
      state: {
        ...initial,
        ...(isDry ? { dryRun: true } : {}),
        ...(options.allowLargeChange ? { allowLargeChange: true } : {}),
      },
      range: {
        ...(options.start !== undefined && { start: options.start }),
        ...(options.end !== undefined && { end: options.end }),
      },
      isFromCache: options.state === undefined,
      onReady: ready => beginRecord(run, ready),
      onEvent: event => {
        const hasChanged = run.noteTaker.listen(event);
        if (hasChanged && !isDry) keepOldValues(run);
        keepStep(run, event);
        showOnce(run, event);
      },
    });
    const { state: final, workflow: key } = outcome;
    // The next run refuses a cursor of another workflow.
    return 'cursor' in final ? { ...outcome, state: { ...final, workflow: key } } : outcome;
  };
  const ask = options.yes || options.dryRun ? undefined : findAsked(options);
  if (ask) {
    const plan = () => runPass({ ...state, dryRun: true });
    const ended = await askFirst(run, ask, plan, { verb: 'Write', next });
    if (ended !== undefined) return ended;
  }
  const outcome = await (options.drain
    ? drainAll(options, run.view, state, runPass)
    : runPass(state));
  return tellOutcome(run, outcome, next);
}

/**
 * `godata-dhis2 run`: runs a workflow and says what it did. Results go to stdout, everything else
 * to stderr. A run is a dry run if the command line or the state file says so.
 *
 * @returns the exit status
 */
export function runCommand(workflow: string, options: RunOptions): Promise<ExitStatus> {
  return conduct(workflow, options, async run => {
    refuseDrain(options);
    const held = await holdState(options.output, workflow, {
      onWait: error => run.view.show(waitEvent(error)),
    });
    try {
      const state = options.state === undefined ? {} : readState(options.state, () => tellNew(run));
      run.options = { ...options, dryRun: options.dryRun || state.dryRun === true };
      return await runAndTell(run, state);
    } finally {
      held.release();
    }
  });
}
