import { writeAtomically } from '#runtime/files/write-atomically.js';
import type { RunOutcome } from '#runtime/run/run-outcome.js';
import type { ProgressView } from '../../progress/progress-view.js';
import type { RunOptions } from '../run-options.js';
import { toStateFile } from '../write-results.js';
import { type DrainOutcome, drain } from './drain.js';

type State = Record<string, unknown>;

const DRY_RUN =
  'A dry run writes nothing, so no run can follow it: --drain shows only the first run.';

/** A file that cannot be written now is tried again at the end, and is an error then. */
function tryWrite(file: string, text: string, view: ProgressView): void {
  try {
    writeAtomically(file, text, { isPrivate: true });
  } catch (error) {
    const line = `${file} could not be written: ${(error as Error).message}`;
    view.show({ type: 'log', source: 'runtime', level: 'warn', line });
  }
}

/**
 * `run --drain`: all runs that are needed. The state of each good run is written to the file of
 * `--output` at once, so that a killed drain continues from there with `--state`.
 *
 * A dry run does not advance, so it is one run.
 */
export async function drainAll(
  { dryRun, output }: RunOptions,
  view: ProgressView,
  state: State,
  run: (state: State) => Promise<RunOutcome>,
): Promise<DrainOutcome> {
  if (dryRun) {
    view.show({ type: 'log', source: 'runtime', level: 'warn', line: DRY_RUN });
    return { ...(await run(state)), passes: 1 };
  }
  return drain({
    state,
    run,
    onPass: pass => view.show({ type: 'pass-start', pass }),
    onState: next => {
      if (output) tryWrite(output, toStateFile(next), view);
    },
  });
}
