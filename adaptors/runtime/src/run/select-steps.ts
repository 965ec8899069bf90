import { configurationError } from '#common/reporting/errors.js';
import type { Workflow, WorkflowStep } from '../project/read-workflow.js';
import { suggest } from '../project/suggest.js';

/** The part of a workflow that a run takes. */
export interface StepRange {
  /** Id or name of the first step. Default: where the workflow begins. */
  start?: string;
  /** Id or name of the last step. Default: where the workflow ends. */
  end?: string;
}

function findStep({ steps, key }: Workflow, wanted: string): WorkflowStep {
  const found = steps.find(({ id, key: jobKey, name }) => [id, jobKey, name].includes(wanted));
  if (found) return found;
  const ids = steps.map(({ id }) => id);
  throw configurationError(
    'UNKNOWN_STEP',
    `The workflow ${key} has no step ${wanted}. There are: ${ids.join(', ')}.${suggest(wanted, ids)}`,
    { fix: 'Give one of these names.' },
  );
}

/** Ids of the steps to which a path leads, the first ones included. */
function reachable(steps: readonly WorkflowStep[], from: readonly string[]): Set<string> {
  const byId = new Map(steps.map(step => [step.id, step]));
  const reached = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    queue.push(...(byId.get(id)?.next.map(({ to }) => to) ?? []));
  }
  return reached;
}

/**
 * The steps from one to another: what comes before and after is left out.
 *
 * @throws IntegrationError `UNKNOWN_STEP`, kind `configuration`; also if no path leads from the
 * first to the last
 */
export function selectSteps(workflow: Workflow, { start, end }: StepRange): Workflow {
  const starts = start === undefined ? workflow.starts : [findStep(workflow, start).id];
  const last = end === undefined ? undefined : findStep(workflow, end).id;
  const cut = workflow.steps.map(step => (step.id === last ? { ...step, next: [] } : step));
  const reached = reachable(cut, starts);
  if (last !== undefined && !reached.has(last)) {
    throw configurationError(
      'UNKNOWN_STEP',
      `No path leads from ${starts.join(', ')} to ${last} in the workflow ${workflow.key}.`,
      { fix: 'Give a later step with --end.' },
    );
  }
  return { ...workflow, starts, steps: cut.filter(({ id }) => reached.has(id)) };
}

/**
 * The step before a step, whose state it continues; undefined if the workflow begins there.
 *
 * @throws IntegrationError `UNKNOWN_STEP`, kind `configuration`; also if several steps lead there
 */
export function stepBefore(workflow: Workflow, wanted: string): string | undefined {
  const { id } = findStep(workflow, wanted);
  const before = workflow.steps.filter(({ next }) => next.some(({ to }) => to === id));
  if (before.length <= 1) return before[0]?.id;
  throw configurationError(
    'UNKNOWN_STEP',
    `Several steps lead to ${id}: ${before.map(step => step.id).join(', ')}.`,
    { fix: 'Give the state with which it begins with --state.' },
  );
}
