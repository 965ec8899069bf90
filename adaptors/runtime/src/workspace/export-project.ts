import { existsSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { configurationError } from '#common/reporting/errors.js';
import { writeAtomically } from '../files/write-atomically.js';
import { writeFolder } from '../files/write-folder.js';
import { toFileNames } from '../project/file-names.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow, type Workflow, type WorkflowStep } from '../project/read-workflow.js';
import { slugOf } from '../project/spec.js';
import { scaleOut } from '../scale-out/scale-out.js';
import { linkAdaptors, REPO, repoAdaptors, toRepoManifest } from './adaptor-repo.js';
import { toCredentialsTemplate } from './credentials-template.js';
import { pin, toWorkspaceWorkflow } from './to-workflow.js';

const MARK = '# Written by godata-dhis2 export from project.yaml: edit that, and export again.';

/** What was written. */
export interface Exported {
  /** Ids of the workflows, as OpenFn's CLI takes them. */
  workflows: string[];
  /** Whether the credentials were written too, to be filled in. */
  isNew: boolean;
}

const CREDENTIALS = 'credentials.yaml';

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

/** A workflow in the workspace. */
interface ExportedWorkflow {
  id: string;
  /** Texts by path from the workspace. */
  files: [string, string][];
  steps: { step: WorkflowStep; specifier: string }[];
}

/** The files of one workflow, by their path from the workspace. */
async function exportWorkflow(
  project: LoadedProject,
  key: string,
  target: string,
): Promise<ExportedWorkflow> {
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
  const steps = workflow.steps.map(step => ({
    step,
    specifier: pin(spec.jobs![step.key]!.adaptor!, step),
  }));
  return { id, files: [[`${folder}/${name}.yaml`, toYaml(document)], ...inline], steps };
}

function toWorkspace({ spec }: LoadedProject) {
  const { name = 'project' } = spec;
  const collections = Object.values(spec.collections ?? {}).map(collection => collection.name);
  return {
    project: { id: slugOf(name) || name, name, ...(collections.length > 0 && { collections }) },
    workspace: {
      credentials: CREDENTIALS,
      dirs: { projects: '.projects', workflows: 'workflows' },
      formats: { openfn: 'yaml', project: 'yaml', workflow: 'yaml' },
    },
  };
}

/**
 * Writes the project as a workspace of OpenFn's own CLI, which runs workflows only from a
 * workspace. The jobs are not copied: the workspace points to them, so that there is one place to
 * edit. The adaptors are linked into a repo, where the CLI looks for them, and the credentials can
 * be filled in.
 *
 * @param source folder of project.yaml
 * @param target folder to write
 * @param list path of a list of outbreaks or regions: each gets workflows of its own
 * @throws IntegrationError kind `configuration`: those of `readWorkflow`, `EXPORT_FAILED` and
 * `OUTPUT_UNWRITABLE`; nothing has been written then
 */
export async function exportProject(
  source: string,
  target: string,
  list?: string,
): Promise<Exported> {
  const read = readProject(source);
  const project = list === undefined ? read : await scaleOut(read, list);
  const folder = path.resolve(target);
  const workflows = await Promise.all(
    project.workflows.map(key => exportWorkflow(project, key, folder)),
  );
  refuseTwice(workflows.map(({ id }) => id));
  const steps = workflows.flatMap(workflow => workflow.steps);
  const repo = path.join(folder, REPO);
  const adaptors = repoAdaptors(steps);
  writeFolder({
    path: folder,
    mark: { file: 'openfn.yaml', line: MARK },
    owned: ['workflows', REPO],
    files: new Map([
      ...workflows.flatMap(({ files }) => files),
      [`${REPO}/package.json`, toRepoManifest(repo, adaptors)],
      ['openfn.yaml', toYaml(toWorkspace(project))],
    ]),
  });
  linkAdaptors(repo, adaptors);
  const credentials = path.join(folder, CREDENTIALS);
  const isNew = !existsSync(credentials);
  if (isNew) {
    const template = toCredentialsTemplate(steps.map(({ step }) => step));
    writeAtomically(credentials, template, { isPrivate: true });
  }
  return { workflows: workflows.map(({ id }) => id), isNew };
}
