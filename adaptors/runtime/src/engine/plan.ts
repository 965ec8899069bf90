import type { ExecutionPlan } from '@openfn/runtime';
import type { Credentials } from '../credentials/read-credentials.js';
import { ownOf } from '../project/own.js';
import type { Edge, Workflow } from '../project/read-workflow.js';
import type { CompiledStep } from './step-run.js';

/** Stands for the trigger; runs nothing. */
const START = 'start-of-run';

/** Conditions that the engine knows by name; any other is an expression. */
const NAMED = ['always', 'on_job_success', 'on_job_failure'];

/**
 * The condition of an edge, written so that its error names the edge and also the failure of the
 * step before, which the engine would otherwise discard.
 */
function toCondition(from: string, { to, condition }: Edge): string {
  if (NAMED.includes(condition)) return condition;
  const edge = JSON.stringify(`Edge ${from} → ${to}: `);
  return `(() => {
    try { return ${condition}
    } catch (error) {
      const failed = state?.errors?.[upstreamStepId]?.message;
      throw new Error(${edge} + error.message + (failed ? ' Before that, the step failed: ' + failed : ''));
    }
  })()`;
}

/** Turns a workflow into the form that the engine runs. */
export function toPlan(
  workflow: Workflow,
  steps: CompiledStep[],
  credentials: Credentials,
): ExecutionPlan {
  const start = {
    id: START,
    next: Object.fromEntries(workflow.starts.map(id => [id, true])),
  };
  const jobs = steps.map(({ id, name, compiled, adaptor, credential, next }) => ({
    id,
    name,
    expression: compiled.code,
    sourceMap: compiled.map,
    linker: { [adaptor.name]: { path: adaptor.running.folder, version: adaptor.version } },
    configuration: structuredClone((credential && ownOf(credentials, credential)) ?? {}) as object,
    next: Object.fromEntries(
      next.map(edge => [edge.to, { condition: toCondition(id, edge), disabled: edge.disabled }]),
    ),
  }));
  return {
    workflow: { name: workflow.key, steps: [start, ...jobs] },
    options: { start: START },
  } as ExecutionPlan;
}
