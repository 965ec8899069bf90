import path from 'node:path';
import Project from '@openfn/project';
import { configurationError } from '#common/reporting/errors.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow } from '../project/read-workflow.js';
import { pin } from './to-workflow.js';

const MARK =
  '# Written by godata-dhis2 export --spec 4 from project.yaml: edit that, and export again.';

/** One workflow with the texts of its jobs in it. */
async function fill(project: LoadedProject, key: string) {
  const workflow = await readWorkflow(project, key);
  const spec = project.spec.workflows![key]!;
  const steps = new Map(workflow.steps.map(step => [step.key, step]));
  const jobs = Object.entries(spec.jobs ?? {}).map(([jobKey, job]) => {
    const step = steps.get(jobKey)!;
    return [jobKey, { ...job, adaptor: pin(job.adaptor!, step), body: step.source }];
  });
  const edges = Object.entries(spec.edges ?? {}).map(([edgeKey, edge]) => [
    edgeKey,
    { ...edge, enabled: edge.enabled ?? true },
  ]);
  return { ...spec, jobs: Object.fromEntries(jobs), edges: Object.fromEntries(edges) };
}

/** Ids come from names, of which only ASCII letters and digits count. */
function refuseIds({ workflows }: Project): void {
  for (const { id, name, steps } of workflows) {
    const ids = steps.map(step => step.id ?? '');
    const twice = ids.find((each, index) => each === '' || ids.indexOf(each) !== index);
    if (id && twice === undefined) continue;
    throw configurationError(
      'EXPORT_FAILED',
      `The workflow ${name ?? id} has two steps with the id "${twice ?? ''}", or a name without an ASCII letter.`,
      { fix: 'Give it, or one of the steps, another name.' },
    );
  }
}

/**
 * Writes the project as one file of OpenFn's spec 4.0 that stands alone: the texts of the jobs are
 * in it, adaptors are pinned, credentials and collections are listed.
 *
 * @param source folder of project.yaml
 * @param target file to write
 * @throws IntegrationError kind `configuration`: those of `readWorkflow`, `EXPORT_FAILED` and
 * `OUTPUT_UNWRITABLE`; nothing has been written then
 */
export async function exportSpec4(source: string, target: string): Promise<void> {
  const project = readProject(source);
  const workflows = await Promise.all(
    project.workflows.map(async key => [key, await fill(project, key)] as const),
  );
  const { collections, credentials, ...spec } = project.spec;
  const read = await Project.from('project', {
    ...spec,
    collections: Object.entries(collections ?? {}).map(([key, { name = key }]) => ({ name })),
    credentials: credentials ?? {},
    workflows: Object.fromEntries(workflows),
  } as never);
  refuseIds(read);
  const text = read.serialize('project', { format: 'yaml' }) as unknown as string;
  try {
    writeAtomically(path.resolve(target), `${MARK}\n${text}`);
  } catch (error) {
    const message = `${target} cannot be written: ${(error as Error).message}.`;
    throw configurationError('OUTPUT_UNWRITABLE', message, { fix: 'Give another file.' });
  }
}
