import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { findPackageRoot } from '../files/package-root.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { slugOf } from '../project/spec.js';
import { addToSpec } from './add-to-spec.js';
import { templateFrom } from './from-workflow.js';
import { KINDS } from './kinds.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SPEC = 'workflow.yaml';
/** The template of a count; those of other counts replace some of its files. */
const COUNT = 'workflow';

function refuse(code: string, message: string, fix: string): never {
  throw configurationError(code, message, { fix });
}

/** Files of a template by name: the project's own, else those beside this runtime. */
function readFolder(project: string, template: string): Map<string, string> {
  const own = path.join(project, 'templates', template);
  const folder = existsSync(own) ? own : path.join(findPackageRoot(), 'templates', template);
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  return new Map(readdirSync(folder).map(file => [file, read(file)] as const));
}

function readTemplate(project: string, template: string, name: string): Map<string, string> {
  const files = [COUNT, template].flatMap(each => [...readFolder(project, each)]);
  return new Map(files.map(([file, text]) => [file, text.replace(/\bNAME\b/g, name)] as const));
}

/** The files of a new workflow, from a kind, a workflow, or the default kind. */
async function filesFrom(
  project: LoadedProject,
  from: string | undefined,
  name: string,
): Promise<Map<string, string>> {
  const isOwn = from !== undefined && project.workflows.includes(from);
  const source = isOwn || from === undefined ? undefined : KINDS[from];
  if (from === undefined || source?.template) {
    return readTemplate(project.folder, source?.template ?? COUNT, name);
  }
  return templateFrom(project, source?.workflow ?? from, name);
}

/**
 * Adds a workflow to a project: jobs, a page, and its entry in project.yaml, all from the template.
 * It passes `check` at once; the mapping must be filled in.
 *
 * @param source folder of project.yaml
 * @param from a kind, or a workflow of this project or of the package; else contacts are counted
 * @returns paths of the files that were written, from the project's folder
 * @throws IntegrationError kind `configuration`: `BAD_NAME`, `WORKFLOW_EXISTS`, `UNKNOWN_WORKFLOW`,
 * `SPEC_VERSION`, `NO_CREDENTIAL`,
 * and those of `readProject`; nothing has been written then
 */
export async function newWorkflow(source: string, name: string, from?: string): Promise<string[]> {
  if (!NAME.test(name)) {
    const fix =
      'Use lower-case words joined by dashes that name both ends, for example contacts-to-events.';
    refuse('BAD_NAME', `${name} is not a name for a workflow.`, fix);
  }
  const project = readProject(source);
  const { folder, spec, text, version } = project;
  if (version !== 1) {
    const fix =
      'Keep project.yaml in version 1, and bring texts from such a file back with: npx godata-dhis2 pull FILE';
    refuse('SPEC_VERSION', 'project.yaml is of spec 4.0: nothing is added to it.', fix);
  }
  const jobs = path.join('jobs', name);
  const taken = Object.entries(spec.workflows ?? {}).some(
    ([key, workflow]) => key === name || slugOf(workflow?.name ?? key) === name,
  );
  if (taken || existsSync(path.join(folder, jobs))) {
    const where = taken ? 'in project.yaml' : `as a folder, ${jobs}`;
    refuse('WORKFLOW_EXISTS', `There is a ${name} already, ${where}.`, 'Give another name.');
  }
  const template = await filesFrom(project, from, name);
  const changed = await addToSpec(text, spec, name, template.get(SPEC) ?? '', folder);
  template.delete(SPEC);
  const files = [...template].map(([file, content]) => [path.join(jobs, file), content] as const);
  for (const [file, content] of files) writeAtomically(path.join(folder, file), content);
  // Written last: a workflow that project.yaml names must have its jobs.
  writeAtomically(path.join(folder, 'project.yaml'), changed);
  return files.map(([file]) => file);
}
