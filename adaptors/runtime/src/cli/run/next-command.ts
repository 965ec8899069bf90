import type { RunOutcome } from '../../run/run-outcome.js';
import { formatCommand } from '../print/format.js';
import type { RunOptions } from './run-options.js';

function toCommand(
  workflow: string,
  options: RunOptions,
  changed: Partial<RunOptions> = {},
): string {
  const { credentials, state, output, start, end, dryRun, allowLargeChange, drain, yes, project } =
    {
      ...options,
      ...changed,
    };
  return formatCommand([
    'npx',
    'godata-dhis2',
    'run',
    workflow,
    ...(credentials ? ['--credentials', credentials] : []),
    ...(state ? ['--state', state] : []),
    ...(output ? ['--output', output] : []),
    ...(start ? ['--start', start] : []),
    ...(end ? ['--end', end] : []),
    ...(dryRun ? ['--dry-run'] : []),
    ...(allowLargeChange ? ['--allow-large-change'] : []),
    ...(drain ? ['--drain'] : []),
    ...(yes ? ['--yes'] : []),
    ...(project === '.' ? [] : ['--project', project]),
  ]);
}

/**
 * The command that is useful after a run.
 *
 * @param isDryState whether the state file asks for a dry run, whatever the command line says
 */
export function nextCommand(
  workflow: string,
  options: RunOptions,
  outcome: RunOutcome,
  isDryState: boolean,
): string {
  const { drain, output } = options;
  // A drain keeps the state of its last good run, and continues from it.
  const again = toCommand(workflow, options, drain && output ? { state: output } : {});
  if (outcome.errors.length > 0) {
    const left = options.dryRun ? 'nothing was written' : 'changes already written are kept';
    return `${again}   (once the error is corrected; ${left})`;
  }
  const hasRejected = outcome.exitStatus === 3;
  const hasChanges = outcome.plan !== undefined && outcome.plan.total > 0;
  if (options.dryRun && (hasChanges || !outcome.plan)) {
    const command = toCommand(workflow, options, { dryRun: false });
    const rejected = hasRejected ? ', without the rejected records' : '';
    const first = isDryState ? `, once dryRun is removed from ${options.state}` : '';
    return `${command}   (writes these changes${rejected}${first})`;
  }
  if (hasRejected) return `${again}   (once the rejected records are corrected; only they remain)`;
  if (outcome.state.more === true) {
    return `${toCommand(workflow, options, output ? { state: output } : {})}   (the source has more records; --drain reads all of them)`;
  }
  if (hasChanges) return `${again}   (should find nothing to change)`;
  return `${again}   (whenever the source has changed)`;
}
