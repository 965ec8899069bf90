import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { readText } from '../files/read-text.js';
import { checkShape, PROJECT } from './check-shape.js';
import { checkWorkflow } from './check-workflow.js';
import { liesInside } from './inside.js';
import { type LoadedProject, readEngineWorkflow } from './read-project.js';
import { type Adaptor, resolveAdaptor } from './resolve-adaptor.js';
import type { JobSpec } from './spec.js';
import { suggest } from './suggest.js';

/** An edge from one step to another. */
export interface Edge {
  to: string;
  /** `always`, `on_job_success`, `on_job_failure` or a JavaScript expression of `state`. */
  condition: string;
  disabled: boolean;
}

/** One job of a workflow, ready to compile. */
export interface WorkflowStep {
  /** Id for the engine, in reports and errors: the slug of the job's name, or the job's key. */
  id: string;
  /** Its key among the jobs of project.yaml. */
  key: string;
  name: string;
  adaptor: Adaptor;
  /** Name of its credential, `godata`; undefined if it has none. */
  credential: string | undefined;
  source: string;
  /** Path of the job, relative to the project if it is inside it. */
  file: string;
  next: Edge[];
}

/** A workflow in the order of its graph. */
export interface Workflow {
  /** Its key in project.yaml. */
  key: string;
  name: string;
  steps: WorkflowStep[];
  /** Ids of the first steps. */
  starts: string[];
}

function refuseProblems(key: string, problems: string[]): void {
  if (problems.length === 0) return;
  throw configurationError(
    'WORKFLOW_INVALID',
    `The workflow ${key} cannot be run: ${problems.join(' ')}`,
    {
      fix: 'Correct project.yaml.',
      details: { problems },
    },
  );
}

function refuseMisshapen({ spec, folder }: LoadedProject): void {
  const problems = checkShape(spec, PROJECT, []).map(({ message }) => message);
  if (problems.length === 0) return;
  const file = path.join(folder, 'project.yaml');
  throw configurationError('PROJECT_INVALID', `${file}: ${problems.join(' ')}`, {
    fix: 'Correct project.yaml.',
    details: { problems },
  });
}

function findKey({ spec, workflows, folder }: LoadedProject, wanted: string): string {
  const key = workflows.find(each => each === wanted || spec.workflows![each]!.name === wanted);
  if (key) return key;
  const list = workflows.length > 0 ? `There are: ${workflows.join(', ')}.` : 'There are none.';
  throw configurationError(
    'UNKNOWN_WORKFLOW',
    `No workflow is named ${wanted} in ${path.join(folder, 'project.yaml')}. ${list}${suggest(wanted, workflows)}`,
    { fix: 'Give one of these names.' },
  );
}

function readBody(
  folder: string,
  key: string,
  { body }: JobSpec,
): { file: string; source: string } {
  if (typeof body === 'string') return { file: `project.yaml (body of ${key})`, source: body };
  const file = path.resolve(folder, body!.path);
  if (!liesInside(folder, file)) {
    const message = `The file of job ${key}, ${body!.path}, is a link that leads out of the project.`;
    throw configurationError('JOB_OUTSIDE_PROJECT', message, {
      fix: 'Copy the job into the project: a project must not run what lies outside of it.',
    });
  }
  const source = readText({
    path: file,
    what: `file of job ${key},`,
    code: 'JOB',
    fix: `Correct body.path of ${key} in project.yaml.`,
  });
  return { file: path.relative(folder, file), source };
}

/** Steps in the order in which a run reaches them. */
function sortSteps(steps: WorkflowStep[], starts: string[]): WorkflowStep[] {
  const byId = new Map(steps.map(step => [step.id, step]));
  const order = new Set<string>();
  const queue = [...starts];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (order.has(id)) continue;
    order.add(id);
    queue.push(...(byId.get(id)?.next.map(({ to }) => to) ?? []));
  }
  return [...[...order].map(id => byId.get(id)!), ...steps.filter(({ id }) => !order.has(id))];
}

function toEdges(next: unknown): Edge[] {
  return Object.entries(
    (next ?? {}) as Record<string, { condition?: string; disabled?: boolean }>,
  ).map(([to, { condition, disabled }]) => ({
    to,
    condition: condition ?? 'always',
    disabled: disabled ?? false,
  }));
}

/**
 * Reads one workflow of a project: its steps in order, each with its adaptor, its credential's name
 * and the text of its job.
 *
 * @param wanted key or name of the workflow
 * @throws IntegrationError `PROJECT_INVALID`, `UNKNOWN_WORKFLOW`, `WORKFLOW_INVALID`,
 * `JOB_NOT_FOUND`, `JOB_OUTSIDE_PROJECT`, `ADAPTOR_NOT_FOUND`, `ADAPTOR_NOT_BUILT`; all of kind
 * `configuration`
 */
export async function readWorkflow(project: LoadedProject, wanted: string): Promise<Workflow> {
  const { spec, folder } = project;
  refuseMisshapen(project);
  const key = findKey(project, wanted);
  const workflow = spec.workflows![key]!;
  refuseProblems(
    key,
    checkWorkflow(spec, key).map(({ message }) => message),
  );
  const jobs = Object.entries(workflow.jobs!);
  const bodies = new Map(jobs.map(([jobKey, job]) => [jobKey, readBody(folder, jobKey, job)]));
  const texts = new Map([...bodies].map(([jobKey, { source }]) => [jobKey, source]));
  const raw = await readEngineWorkflow(spec, key, texts);
  // Triggers come first, then the jobs in the order of the file.
  const triggers = raw.slice(0, raw.length - jobs.length);
  const steps = await Promise.all(
    raw.slice(triggers.length).map(async (step, index): Promise<WorkflowStep> => {
      const [jobKey, job] = jobs[index]!;
      return {
        id: step.id,
        key: jobKey,
        name: job.name ?? jobKey,
        adaptor: await resolveAdaptor(folder, job.adaptor!),
        credential: job.credential
          ? (spec.credentials![job.credential]!.name ?? job.credential)
          : undefined,
        ...bodies.get(jobKey)!,
        next: toEdges(step.next),
      };
    }),
  );
  const ids = steps.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  refuseProblems(
    key,
    twice.map(id => `Two jobs are named ${id}.`),
  );
  const targets = new Set(steps.flatMap(({ next }) => next.map(({ to }) => to)));
  const triggered = triggers.flatMap(({ next }) => toEdges(next).map(({ to }) => to));
  const starts =
    triggered.length > 0
      ? [...new Set(triggered)]
      : steps.filter(({ id }) => !targets.has(id)).map(({ id }) => id);
  return { key, name: workflow.name ?? key, steps: sortSteps(steps, starts), starts };
}
