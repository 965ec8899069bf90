import { formatCount } from '#common/reporting/format-count.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { filesOf } from '../../record/records.js';
import { createNoteTaker } from '../../record/run-notes.js';
import type { ExitStatus } from '../../run/exit-status.js';
import type { RunOutcome } from '../../run/run-outcome.js';
import { askOnTerminal } from '../ask.js';
import { toCsv } from '../print/csv.js';
import { formatOutcome } from '../print/outcome.js';
import { print } from '../print/print-lines.js';
import { createView, type Run, tellOutcome } from './conduct.js';
import { keepReport, toBareReport } from './keep-record.js';

/** Asks the user; undefined where nobody is to be asked. */
type Ask = NonNullable<ReturnType<typeof askOnTerminal>>;

/**
 * Who can be asked before the first write: somebody at a terminal. Schedules, pipes, CI and programs
 * that read JSON are never asked.
 */
export function findAsked({ json }: { json?: boolean }): Ask | undefined {
  return json || process.env.CI || !process.stdout.isTTY ? undefined : askOnTerminal();
}

/** Ended by the user. */
const DECLINED: ExitStatus = 130;

/**
 * Shows the plan of a run and asks whether to write it. The plan is a dry run in this process: a
 * run reads again what it writes, since the answer may take an hour. Nobody is asked if there is
 * nothing to write.
 *
 * @param plan makes the dry run
 * @param verb `Write`, `Write back`
 * @param next the command that is useful after a plan that failed
 * @returns the exit status if the run ends here; undefined if it may write
 */
export async function askFirst(
  run: Run,
  ask: Ask,
  plan: () => Promise<RunOutcome>,
  { verb, next }: { verb: string; next: (told: RunOutcome) => string },
): Promise<ExitStatus | undefined> {
  const { options } = run;
  // A run that ends before the answer was a dry run.
  run.options = { ...options, dryRun: true };
  const outcome = await plan();
  if (outcome.errors.length > 0) return tellOutcome(run, outcome, next);
  run.view.close();
  if (outcome.plan && outcome.plan.total > 0) {
    showPlan(run, outcome);
    if (!(await isWanted(ask, verb, outcome))) {
      print(['Nothing was written.']);
      keepReport(run, toBareReport(run, { exitStatus: DECLINED }));
      return DECLINED;
    }
  }
  run.options = options;
  run.view = createView(options);
  run.noteTaker = createNoteTaker();
  keepReport(run, toBareReport(run, {}));
  return undefined;
}

function showPlan({ begun }: Run, outcome: RunOutcome): void {
  const files = filesOf(begun!.record);
  const { columns, rows } = outcome.plan!;
  writeAtomically(files.changes, toCsv(columns, rows), { isPrivate: true });
  print(formatOutcome(outcome, true, files));
}

async function isWanted(ask: Ask, verb: string, { plan, report }: RunOutcome): Promise<boolean> {
  const requests = Object.values(report).reduce((sum, step) => sum + (step.requests ?? 0), 0);
  const { total } = plan!;
  const what = total === 1 ? 'this change' : `these ${formatCount(total)} changes`;
  const cost = `The plan took ${formatCount(requests)} requests; writing reads again.`;
  return /^y(es)?$/i.test((await ask(`${verb} ${what}? ${cost} [y/N]`, [])).trim());
}
