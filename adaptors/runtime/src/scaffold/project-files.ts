import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Document, isMap, parseDocument, type YAMLMap } from 'yaml';
import { findPackageRoot } from '../files/package-root.js';
import type { LeftOut, ProjectDraft } from './draft.js';
import { packageSource } from './package-source.js';
import { setConstants } from './set-constants.js';

const TEMPLATE = path.join('templates', 'project');

/** A text of this package. */
const read = (...names: string[]) => readFileSync(path.join(findPackageRoot(), ...names), 'utf8');

/** The jobs of this package, by path. */
function readJobs(): Map<string, string> {
  const names = readdirSync(path.join(findPackageRoot(), 'jobs'), {
    recursive: true,
    encoding: 'utf8',
  });
  const jobs = names.filter(name => name.endsWith('.js')).sort();
  return new Map(
    jobs.map(name => [`jobs/${name.split(path.sep).join('/')}`, read('jobs', name)] as const),
  );
}

/** project.yaml with another name, and without the workflows that are left out; the comments stay. */
function readSpec(name: string, leftOut: readonly LeftOut[]): string {
  const document = parseDocument(read('project.yaml'));
  const workflows = isMap(document.contents) ? (document.get('workflows') as YAMLMap) : undefined;
  if (!workflows) throw new Error('project.yaml has no workflows.');
  document.set('name', name);
  const comments = leftOut.flatMap(({ workflow, why, isUnsure }) => {
    const text = new Document({ [workflow]: workflows.get(workflow) }).toString({ lineWidth: 0 });
    workflows.delete(workflow);
    return isUnsure ? [` ${why} Then remove the hashes below.\n${text.trimEnd()}`] : [];
  });
  if (comments.length > 0) workflows.comment = comments.join('\n');
  return document.toString({ lineWidth: 0 });
}

/** The jobs of workflows that are left out, and of no other workflow. */
function unusedJobs(leftOut: readonly LeftOut[]): Set<string> {
  const { workflows } = parseDocument(read('project.yaml')).toJS() as {
    workflows: Record<string, { jobs: Record<string, { body: { path: string } }> }>;
  };
  const bodies = (isLeftOut: boolean) =>
    Object.entries(workflows)
      .filter(
        ([name]) =>
          leftOut.some(({ workflow, isUnsure }) => workflow === name && !isUnsure) === isLeftOut,
      )
      .flatMap(([, { jobs }]) => Object.values(jobs).map(({ body }) => body.path));
  const used = new Set(bodies(false));
  return new Set(bodies(true).filter(file => !used.has(file)));
}

function toManifest(project: string, name: string): string {
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: { check: 'godata-dhis2 check' },
    dependencies: { 'godata-dhis2': packageSource(project) },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * All files of a new project, by path: the shipped workflows and jobs, with what the user chose.
 *
 * @param project its folder
 * @param name of the project
 */
export function projectFiles(
  project: string,
  name: string,
  { jobs: drafts, leftOut }: Pick<ProjectDraft, 'jobs' | 'leftOut'>,
): Map<string, string> {
  const jobs = readJobs();
  for (const file of unusedJobs(leftOut)) jobs.delete(file);
  for (const { file, change } of drafts) {
    const text = jobs.get(file);
    if (text === undefined) throw new Error(`There is no job ${file}.`);
    jobs.set(file, typeof change === 'string' ? change : setConstants(text, change));
  }
  return new Map([
    ['package.json', toManifest(project, name)],
    ['project.yaml', readSpec(name, leftOut)],
    ...jobs,
    ['state/credentials.example.json', read('state', 'credentials.example.json')],
    ['README.md', read(TEMPLATE, 'README.md').replace(/\bNAME\b/g, name)],
    ['.gitignore', read(TEMPLATE, 'gitignore')],
  ]);
}
