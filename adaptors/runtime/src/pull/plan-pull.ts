import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { readJobText } from '../bundle/marked-line.js';
import type { LoadedProject } from '../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../project/read-workflow.js';
import { slugOf } from '../project/spec.js';
import type { ExportedJob } from './read-exported.js';

/** A job file with another text in the export. */
export interface PulledFile {
  /** Path from the project's folder. */
  file: string;
  before: string;
  after: string;
  /** Jobs of this project that use the file: `two-way/map-cases`. */
  jobs: string[];
}

/** What an export would change. */
export interface PullPlan {
  files: PulledFile[];
  /** Jobs of the export that cannot be pulled, each with the reason. */
  left: string[];
}

interface OwnJob {
  step: WorkflowStep;
  isInline: boolean;
  name: string;
}

/** The jobs of this project by the ids that an export has. */
async function readOwn(project: LoadedProject): Promise<Map<string, OwnJob>> {
  const workflows = await Promise.all(
    project.workflows.map(async key => {
      const workflow = await readWorkflow(project, key);
      const id = slugOf(workflow.name) || key;
      return workflow.steps.map(step => {
        const { body } = project.spec.workflows![key]!.jobs![step.key]!;
        const own = { step, isInline: typeof body === 'string', name: `${key}/${step.key}` };
        return [`${id}/${step.id}`, own] as const;
      });
    }),
  );
  return new Map(workflows.flat());
}

/** Line ends and blank lines at the end are the platform's, not the user's. */
const tidy = (text: string) => `${text.replace(/\r\n?/g, '\n').trimEnd()}\n`;

function refuseTwo(file: string, jobs: readonly string[]): never {
  throw configurationError(
    'PULL_CONFLICT',
    `${file} has two different new texts, in the jobs ${jobs.join(' and ')}: this project has one file for them.`,
    { fix: 'Make the texts of these jobs equal on the platform, export again, and pull that.' },
  );
}

/**
 * Compares the texts of an export with the job files of a project. Of a bundled job, only the text
 * above the marked line counts. One file can be the text of several jobs: a change in any of them
 * is a change of the file.
 *
 * @throws IntegrationError `PULL_CONFLICT` and those of `readWorkflow`, kind `configuration`
 */
export async function planPull(
  project: LoadedProject,
  exported: readonly ExportedJob[],
): Promise<PullPlan> {
  const own = await readOwn(project);
  const left: string[] = [];
  const files = new Map<string, PulledFile & { from: string }>();
  for (const { workflow, job, text } of exported) {
    const name = `${workflow}/${job}`;
    const known = own.get(name);
    const after = text === undefined ? '' : tidy(readJobText(text));
    if (!known) left.push(`${name}: this project has no such job`);
    else if (known.isInline) left.push(`${name}: its text is in project.yaml, not in a file`);
    else if (after.trim() === '') left.push(`${name}: the export has no text for it`);
    else {
      const { file, source } = known.step;
      if (after === tidy(source)) continue;
      const other = files.get(file);
      if (other && other.after !== after) refuseTwo(file, [other.from, known.name]);
      const jobs = [...own.values()].filter(({ step }) => step.file === file);
      files.set(file, {
        file: path.normalize(file),
        before: tidy(source),
        after,
        jobs: jobs.map(each => each.name),
        from: known.name,
      });
    }
  }
  return { files: [...files.values()].map(({ from: _from, ...file }) => file), left };
}
