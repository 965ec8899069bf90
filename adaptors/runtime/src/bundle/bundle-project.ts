import path from 'node:path';
import { writeFolder } from '../files/write-folder.js';
import { toFileNames } from '../project/file-names.js';
import { type LoadedProject, readProject } from '../project/read-project.js';
import { readWorkflow } from '../project/read-workflow.js';
import { type Adaptor, resolveAdaptor } from '../project/resolve-adaptor.js';
import { COMMON } from './adaptor-code.js';
import { bundleJob } from './bundle-job.js';
import { type JobPlace, toVersion1, writeSpec } from './write-spec.js';

const MARK = '# Written by godata-dhis2 bundle: the jobs here need language-common only.';

/** One job of a bundled project. */
export interface BundledJob extends JobPlace {
  bytes: number;
}

interface BundledText extends BundledJob {
  text: string;
}

async function bundleWorkflow(
  project: LoadedProject,
  workflow: string,
  folder: string,
  common: Adaptor,
): Promise<BundledText[]> {
  const { steps } = await readWorkflow(project, workflow);
  const names = toFileNames(steps.map(({ key }) => key));
  return Promise.all(
    steps.map(async step => {
      const { adaptor, source, key } = step;
      // An installed adaptor is a published one: the platform has it.
      const text = adaptor.isLocal ? await bundleJob(step, common) : source;
      const { name, version } = adaptor.isLocal ? common : adaptor;
      return {
        workflow,
        job: key,
        adaptor: `${name}@${version}`,
        path: `jobs/${folder}/${names.get(key)}.js`,
        bytes: Buffer.byteLength(text, 'utf8'),
        text,
      };
    }),
  );
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
export async function bundleProject(source: string, target: string): Promise<BundledJob[]> {
  const project = readProject(source);
  const common = await resolveAdaptor(project.folder, COMMON);
  const folders = toFileNames(project.workflows);
  const workflows = await Promise.all(
    project.workflows.map(key => bundleWorkflow(project, key, folders.get(key)!, common)),
  );
  const jobs = workflows.flat();
  writeFolder({
    path: path.resolve(target),
    mark: { file: 'project.yaml', line: MARK },
    owned: ['jobs'],
    files: new Map([
      ...jobs.map(({ path: name, text }) => [name, text] as const),
      ['project.yaml', `${MARK}\n${writeSpec(toVersion1(project), jobs)}`],
    ]),
  });
  return jobs.map(({ text: _text, ...job }) => job);
}
