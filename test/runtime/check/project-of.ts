import { checkProject, type Problem } from '#runtime/index.js';
import { createProject, writeProjectFile } from '../support/project.js';

/** A project without mistakes: three jobs in sequence. */
const SOUND = `name: tiny
credentials:
  admin-tiny: { name: tiny, owner: admin@example.org }
workflows:
  small:
    name: small
    jobs:
      one: { name: one, adaptor: '@openfn/language-tiny@1.0.0', credential: admin-tiny, body: { path: jobs/one.js } }
      two: { name: two, adaptor: '@openfn/language-tiny@1.0.0', body: { path: jobs/two.js } }
    triggers:
      cron: { type: cron, enabled: true, cron_expression: '0 5 * * *', cron_cursor_job: two }
    edges:
      start: { source_trigger: cron, target_job: one, condition_type: always, enabled: true }
      next: { source_job: one, target_job: two, condition_type: on_job_success, enabled: true }
`;

/** What a test changes in that project. */
export interface Changes {
  /** In project.yaml: a text and its replacement. */
  yaml?: [from: string, to: string];
  /** Text of jobs/one.js. */
  job?: string;
}

/** The project without mistakes in a folder of its own, with changes. */
export function projectOf({ yaml, job = 'fn(state => state);' }: Changes): string {
  const folder = createProject({ steps: { one: { job }, two: { job: 'fn(state => state);' } } });
  const text = yaml ? SOUND.replace(...yaml) : SOUND;
  if (yaml && text === SOUND) throw new Error(`${yaml[0]} does not occur in the project.`);
  writeProjectFile(folder, 'project.yaml', text);
  return folder;
}

/** The problems of the project after a change. */
export async function problemsOf(changes: Changes): Promise<Problem[]> {
  return (await checkProject(projectOf(changes))).problems;
}
