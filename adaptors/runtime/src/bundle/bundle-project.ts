import path from 'node:path';
import type { SourceMap } from 'magic-string';
import { writeFolder } from '../files/write-folder.js';
import { toFileNames } from '../project/file-names.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../project/read-workflow.js';
import { type Adaptor, resolveAdaptor } from '../project/resolve-adaptor.js';
import { scaleOut } from '../scale-out/scale-out.js';
import { COMMON, createModuleReader } from './adaptor-code.js';
import { type AdaptorSources, bundleJob } from './bundle-job.js';
import { joinNotices } from './notices.js';
import { type JobPlace, toVersion1, writeSpec } from './write-spec.js';

const MARK = '# Written by godata-dhis2 bundle: the jobs here need language-common only.';

/** One job of a bundled project. Jobs with one text share its file. */
export interface BundledJob extends JobPlace {
  bytes: number;
}

interface BundledText extends BundledJob {
  /** The adaptor in it. */
  contains?: Adaptor;
  text: string;
  map?: SourceMap;
}

/** What of a project is bundled. */
export interface BundleChoice {
  /** Keys of workflows; all by default. */
  only?: string[];
  /** Path of a list of outbreaks or regions: each gets workflows of its own. */
  list?: string;
}

/** Bundles each text once: a list makes many workflows of the same jobs. */
function bundleOnce(sources: AdaptorSources) {
  const bundled = new Map<string, ReturnType<typeof bundleJob>>();
  return (step: WorkflowStep) => {
    const key = JSON.stringify([step.adaptor.folder, step.file, step.source]);
    const found = bundled.get(key) ?? bundleJob(step, sources);
    bundled.set(key, found);
    return found;
  };
}

async function bundleWorkflow(
  project: LoadedProject,
  { workflow, folder }: { workflow: string; folder: string },
  { common, bundle }: { common: Adaptor; bundle: ReturnType<typeof bundleOnce> },
): Promise<BundledText[]> {
  const { steps } = await readWorkflow(project, workflow);
  const names = toFileNames(steps.map(({ key }) => key));
  return Promise.all(
    steps.map(async step => {
      const { adaptor, source, key } = step;
      // An installed adaptor is a published one: the platform has it.
      const { text, map } = adaptor.isLocal ? await bundle(step) : { text: source };
      const { name, version } = adaptor.isLocal ? common : adaptor;
      return {
        workflow,
        job: key,
        adaptor: `${name}@${version}`,
        path: `jobs/${folder}/${names.get(key)}.js`,
        bytes: Buffer.byteLength(text, 'utf8'),
        text,
        ...(map ? { map, contains: adaptor } : {}),
      };
    }),
  );
}

/** The path of the first job with a text for all jobs with it. */
function sharePaths(jobs: BundledText[]): BundledText[] {
  const paths = new Map<string, string>();
  for (const { text, path: own } of jobs) if (!paths.has(text)) paths.set(text, own);
  return jobs.map(job => ({ ...job, path: paths.get(job.text)! }));
}

/** The jobs, and beside each the source map of its part of the adaptor. */
function toFiles(jobs: BundledText[], target: string): [string, string][] {
  return jobs.flatMap(({ path: file, text, map }) => {
    if (!map) return [[file, text]];
    const from = path.dirname(path.resolve(target, file));
    const sources = map.sources.map(source => path.relative(from, source));
    const { version, names, mappings } = map;
    const beside = { version, file: path.basename(file), sources, names, mappings };
    return [
      [file, text],
      [`${file}.map`, `${JSON.stringify(beside)}\n`],
    ];
  });
}

/**
 * Writes a project whose jobs contain their adaptors, for a platform that has none of ours: its
 * project.yaml names the published language-common instead.
 *
 * @param source folder of project.yaml
 * @param target folder to write
 * @throws IntegrationError kind `configuration`: those of `readWorkflow` and `bundleJob`, and
 * `OUTPUT_UNWRITABLE`; nothing has been written then
 */
export async function bundleProject(
  source: string,
  target: string,
  { only, list }: BundleChoice = {},
): Promise<BundledJob[]> {
  const read = readProject(source);
  const project = list === undefined ? read : await scaleOut(read, list, only);
  const common = await resolveAdaptor(project.folder, COMMON);
  const sources = { common, readModule: createModuleReader() };
  const from = { common, bundle: bundleOnce(sources) };
  const folders = toFileNames(project.workflows);
  const chosen = list === undefined && only ? only : project.workflows;
  const workflows = await Promise.all(
    chosen.map(workflow =>
      bundleWorkflow(project, { workflow, folder: folders.get(workflow) ?? workflow }, from),
    ),
  );
  const jobs = sharePaths(workflows.flat());
  const spec = writeSpec(toVersion1(project), jobs);
  writeFolder({
    path: path.resolve(target),
    mark: { file: 'project.yaml', line: MARK },
    owned: ['jobs'],
    files: new Map([
      ...toFiles(jobs, target),
      ...joinNotices(jobs.flatMap(({ contains }) => contains ?? [])),
      ['project.yaml', `${MARK}\n${spec}`],
    ]),
  });
  return jobs.map(({ text: _text, map: _map, contains: _contains, ...job }) => job);
}
