import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { findPackageRoot } from '../files/package-root.js';
import type { JobDraft } from './draft.js';
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

/** project.yaml with another name; all workflows, and the comments, stay. */
function readSpec(name: string): string {
  const document = parseDocument(read('project.yaml'));
  if (!isMap(document.contents)) throw new Error('project.yaml is not a map.');
  document.set('name', name);
  return document.toString({ lineWidth: 0 });
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
  drafts: readonly JobDraft[],
): Map<string, string> {
  const jobs = readJobs();
  for (const { file, change } of drafts) {
    const text = jobs.get(file);
    if (text === undefined) throw new Error(`There is no job ${file}.`);
    jobs.set(file, typeof change === 'string' ? change : setConstants(text, change));
  }
  return new Map([
    ['package.json', toManifest(project, name)],
    ['project.yaml', readSpec(name)],
    ...jobs,
    ['state/credentials.example.json', read('state', 'credentials.example.json')],
    ['README.md', read(TEMPLATE, 'README.md').replace(/\bNAME\b/g, name)],
    ['.gitignore', read(TEMPLATE, 'gitignore')],
  ]);
}
