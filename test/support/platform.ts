import run, { type ExecutionPlan } from '@openfn/runtime';
import { compileJob, readProject, readWorkflow } from '#runtime/index.js';

/** The state that a step returned, as the next step receives it. */
export interface LeftState {
  step: string;
  state: Record<string, unknown>;
}

/** A run, and what it starts from. */
export interface PlatformRun {
  /** Folder of project.yaml. */
  project: string;
  workflow: string;
  /** By name. */
  credentials: Record<string, object>;
  state: Record<string, unknown>;
  /** Gets what jobs log themselves; an adaptor outside of its job logs through Node's console. */
  log?: (line: string) => void;
}

/** Larger states are destroyed between steps (openfn FACTS §6). */
const MAX_BYTES = 10 * 1024 * 1024;

const silent = Object.fromEntries(
  ['log', 'info', 'success', 'always', 'debug', 'warn', 'error', 'break', 'print', 'timer'].map(
    method => [method, () => ''],
  ),
) as never;

/**
 * Runs a workflow on the platform's own engine under the platform's rules: a job has the engine's
 * globals only, can import nothing but `@openfn/` packages, of which its own adaptor is the one there
 * is, and leaves a state that travels as JSON without `configuration` and `response`.
 *
 * @returns what each step left, in the order in which they ran
 */
export async function runOnPlatform({
  project,
  workflow: name,
  credentials,
  state,
  log,
}: PlatformRun): Promise<LeftState[]> {
  const workflow = await readWorkflow(readProject(project), name);
  const left: LeftState[] = [];
  const steps = workflow.steps.map(({ id, source, file, adaptor, credential, next }) => ({
    id,
    expression: compileJob({ source, file, name: id, adaptors: [adaptor] }).code,
    configuration: structuredClone(credential ? credentials[credential] : {}),
    linker: { [adaptor.name]: { path: adaptor.folder, version: adaptor.version } },
    next: Object.fromEntries(next.map(({ to, condition }) => [to, { condition }])),
  }));
  const start = { id: 'trigger', next: Object.fromEntries(workflow.starts.map(id => [id, true])) };
  const plan = { workflow: { steps: [start, ...steps] }, options: { start: 'trigger' } };
  const notify = (type: string, payload: { jobId: string; state: LeftState['state'] }) => {
    if (type !== 'job-complete' && type !== 'job-error') return;
    const text = JSON.stringify(payload.state);
    if (Buffer.byteLength(text) > MAX_BYTES)
      throw new Error(`The state of ${payload.jobId} is too large.`);
    left.push({ step: payload.jobId, state: JSON.parse(text) });
  };
  await run(plan as unknown as ExecutionPlan, state as never, {
    logger: silent,
    jobLogger: log ? ({ ...(silent as object), log } as never) : silent,
    callbacks: { notify: notify as never },
    statePropsToRemove: ['configuration', 'response'],
    linker: { whitelist: [/^@openfn\//] },
  });
  return left;
}
