import { existsSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { configurationError } from '#common/reporting/errors.js';
import { compileExports } from '../compile/compile-exports.js';
import { readText } from '../files/read-text.js';
import { readProject } from '../project/read-project.js';
import { loadAdaptor, resolveAdaptor } from '../project/resolve-adaptor.js';

/** Options of `loadJob`. */
export interface LoadOptions {
  /** Adaptor whose operations the job may use. @default that of the job in project.yaml */
  adaptor?: string;
}

/** The nearest folder above a file that is a project. */
function findProject(file: string): string | undefined {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'project.yaml'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The adaptor that project.yaml gives to a job file. */
function findAdaptor(folder: string, file: string): string | undefined {
  const { workflows } = readProject(folder).spec;
  const jobs = Object.values(workflows ?? {}).flatMap(({ jobs }) => Object.values(jobs ?? {}));
  const isThis = (body: unknown) =>
    typeof body === 'object' && path.resolve(folder, (body as { path: string }).path) === file;
  return jobs.find(({ body }) => isThis(body))?.adaptor;
}

/**
 * Loads what a job exports, without running its operations: for unit tests of a mapping. Names that
 * the job does not declare come from its adaptor, as when it runs. Needs no flag of Node.
 *
 * @param file path of the job
 * @returns its named exports
 * @throws IntegrationError of kind `configuration`: `JOB_NOT_FOUND`, `JOB_UNKNOWN`, `JOB_SYNTAX`,
 * `JOB_LAZY_STATE`, `JOB_IMPORT`, those of `readProject` and of the adaptor; and whatever the job
 * itself throws
 * @example
 * const { categoryOptions } = await loadJob('jobs/cases-to-data-values/aggregate.js');
 */
export async function loadJob<Exports = Record<string, unknown>>(
  file: string,
  options: LoadOptions = {},
): Promise<Exports> {
  const absolute = path.resolve(file);
  const fix = 'Give the path of a job, from the current folder.';
  const source = readText({ path: absolute, what: 'job', code: 'JOB', fix });
  const project = findProject(absolute);
  const specifier = options.adaptor ?? (project && findAdaptor(project, absolute));
  if (specifier === undefined) {
    throw configurationError('JOB_UNKNOWN', `${file} is not a job of any project.yaml.`, {
      fix: "Name its adaptor: loadJob(file, { adaptor: '@openfn/language-common' })",
    });
  }
  const adaptor = await resolveAdaptor(project ?? path.dirname(absolute), specifier);
  const { head, body } = compileExports({ source, file, adaptor });
  const script = new Script(head + body, { filename: absolute, columnOffset: -head.length });
  const load = script.runInThisContext() as (exports: unknown) => Promise<Exports>;
  return load(await loadAdaptor(adaptor.running.entry));
}
