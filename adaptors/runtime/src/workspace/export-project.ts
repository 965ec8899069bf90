import path from 'node:path';
import { stringify } from 'yaml';
import { configurationError } from '#common/reporting/errors.js';
import { writeFolder } from '../files/write-folder.js';
import { toFileNames } from '../project/file-names.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow, type Workflow, type WorkflowStep } from '../project/read-workflow.js';
import { slugOf } from '../project/spec.js';
import { toWorkspaceWorkflow } from './to-workflow.js';

const MARK = '# Written by godata-dhis2 export from project.yaml: edit that, and export again.';

/** What was written. */
export interface Exported {
  /** Ids of the workflows, as OpenFn's CLI takes them. */
  workflows: string[];
}

const toYaml = (document: unknown) => `${MARK}\n${stringify(document, { lineWidth: 0 })}`;
const toPosix = (name: string) => name.split(path.sep).join('/');

/** A workspace names one step to begin with. */
function refuseStarts({ key, starts }: Workflow, hasTrigger: boolean): void {
  if (hasTrigger || starts.length === 1) return;
  throw configurationError(
    'EXPORT_FAILED',
    `The workflow ${key} begins with ${starts.join(' and ')}, but OpenFn's CLI can begin with one step only.`,
    { fix: 'Give the workflow a trigger that leads to them.' },
  );
}

/** The folder of a workflow has its id as name. */
function refuseTwice(ids: string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw configurationError('EXPORT_FAILED', `Two workflows become ${twice}.`, {
    fix: 'Give one of them another name. Capitals and punctuation make no difference.',
  });
}

/** The files of one workflow, by their path from the workspace. */
async function exportWorkflow(
  project: LoadedProject,
  key: string,
  target: string,
): Promise<{ id: string; files: [string, string][] }> {
  const workflow = await readWorkflow(project, key);
  const spec = project.spec.workflows![key]!;
  refuseStarts(workflow, Object.keys(spec.triggers ?? {}).length > 0);
  const id = slugOf(workflow.name) || key;
  const folder = `workflows/${toFileNames([id]).get(id)}`;
  const names = toFileNames(workflow.steps.map(step => step.id));
  const isInline = (step: WorkflowStep) => typeof spec.jobs![step.key]!.body === 'string';
  const document = toWorkspaceWorkflow(spec, workflow, step => {
    if (isInline(step)) return `./${names.get(step.id)}.js`;
    const file = path.resolve(project.folder, step.file);
    return toPosix(path.relative(path.join(target, folder), file));
  });
  const inline = workflow.steps.filter(isInline).map(({ id: step, source }): [string, string] => {
    return [`${folder}/${names.get(step)}.js`, source];
  });
  const name = path.posix.basename(folder);
  return { id, files: [[`${folder}/${name}.yaml`, toYaml(document)], ...inline] };
}

function toWorkspace({ spec }: LoadedProject) {
  const { name = 'project' } = spec;
  const collections = Object.values(spec.collections ?? {}).map(collection => collection.name);
  return {
    project: { id: slugOf(name) || name, name, ...(collections.length > 0 && { collections }) },
    workspace: {
      credentials: 'credentials.yaml',
      dirs: { projects: '.projects', workflows: 'workflows' },
      formats: { openfn: 'yaml', project: 'yaml', workflow: 'yaml' },
    },
  };
}

/**
 * Writes the project as a workspace of OpenFn's own CLI, which runs workflows only from a
 * workspace. The jobs are not copied: the workspace points to them, so that there is one place to
 * edit.
 *
 * @param source folder of project.yaml
 * @param target folder to write
 * @throws IntegrationError kind `configuration`: those of `readWorkflow`, `EXPORT_FAILED` and
 * `OUTPUT_UNWRITABLE`; nothing has been written then
 */
export async function exportProject(source: string, target: string): Promise<Exported> {
  const project = readProject(source);
  const folder = path.resolve(target);
  const workflows = await Promise.all(
    project.workflows.map(key => exportWorkflow(project, key, folder)),
  );
  refuseTwice(workflows.map(({ id }) => id));
  writeFolder({
    path: folder,
    mark: { file: 'openfn.yaml', line: MARK },
    owned: ['workflows'],
    files: new Map([
      ...workflows.flatMap(({ files }) => files),
      ['openfn.yaml', toYaml(toWorkspace(project))],
    ]),
  });
  return { workflows: workflows.map(({ id }) => id) };
}
