import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { offsetToPosition } from '../compile/job-error.js';
import { isWrittenInside, liesInside } from '../project/inside.js';
import type { JobSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';
import { checkAdaptor } from './check-adaptors.js';
import { checkCode } from './code/check-code.js';
import type { CodeProblem } from './code/code-problem.js';
import type { Problem } from './problem.js';
import type { SoundJob } from './steps/check-steps.js';

/** Problems of jobs, by where they are reported. */
export interface JobProblems {
  /** What is wrong in project.yaml. */
  spec: SpecProblem[];
  /** What is wrong in the files of the jobs. */
  code: Omit<Problem, 'workflow'>[];
}

/** The jobs of a workflow, checked. */
export interface CheckedJobs extends JobProblems {
  /** Text of each job that has one, by key. */
  sources: Map<string, string>;
  /** The jobs that can be loaded. */
  sound: SoundJob[];
  /** Puts problems that are found later to the place of their text. */
  place(key: string, problems: readonly CodeProblem[]): JobProblems;
}

/** One job, checked. */
interface CheckedJob extends JobProblems {
  key: string;
  source: string | undefined;
  sound: SoundJob[];
  place(problems: readonly CodeProblem[]): JobProblems;
}

function readSource(project: string, body: JobSpec['body']): string | undefined {
  if (typeof body === 'string') return body;
  const file = path.resolve(project, body?.path ?? '');
  const isFile = existsSync(file) && statSync(file).isFile();
  return isFile ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : undefined;
}

function checkBody(key: string, job: JobSpec, source: string | undefined): string | undefined {
  if (job.body === undefined || job.body === null) return undefined;
  if (source === undefined)
    return `Job ${key}: there is no file ${(job.body as { path: string }).path}.`;
  return source.trim() === '' ? `Job ${key}: its body is empty.` : undefined;
}

/** A link that leads out; a path that does is told with the graph. */
function checkPlace(project: string, key: string, { body }: JobSpec): string | undefined {
  if (typeof body !== 'object' || body === null || !isWrittenInside(body.path)) return undefined;
  if (liesInside(project, path.resolve(project, body.path))) return undefined;
  return `Job ${key}: ${body.path} is a link that leads out of the project.`;
}

/** Problems of a text in its own file are reported with their place there. */
function toProblem(file: string, source: string, problem: CodeProblem): Omit<Problem, 'workflow'> {
  const { rule, offset, message, fix, isWarning } = problem;
  const severity = isWarning ? 'warning' : 'error';
  const place = offsetToPosition(source, offset);
  return { severity, rule, file, ...place, message, ...(fix && { fix }) };
}

/** Problems of a text in project.yaml are reported at its key, with the line within the text. */
function toSpecProblem(key: string, path: string[], source: string, problem: CodeProblem) {
  const { offset, message, ...rest } = problem;
  const { line } = offsetToPosition(source, offset);
  return { ...rest, path, message: `Job ${key}, line ${line} of its body: ${message}` };
}

async function checkJob(
  project: string,
  key: string,
  job: JobSpec,
  at: string[],
): Promise<CheckedJob> {
  const outside = checkPlace(project, key, job);
  const source = outside ? undefined : readSource(project, job.body);
  const missing = outside ?? checkBody(key, job, source);
  const { adaptor, problems } = await checkAdaptor(project, [key, job], [...at, 'adaptor']);
  const body = [...at, 'body'];
  if (source === undefined || missing) {
    const found: SpecProblem[] = missing
      ? [{ rule: outside ? 'outside-project' : 'missing-body', path: body, message: missing }]
      : [];
    const place = () => ({ spec: [], code: [] });
    return { key, source, spec: [...problems, ...found], code: [], sound: [], place };
  }
  const file = typeof job.body === 'string' ? undefined : path.normalize(job.body!.path);
  const place = (found: readonly CodeProblem[]): JobProblems =>
    file === undefined
      ? { spec: found.map(problem => toSpecProblem(key, body, source, problem)), code: [] }
      : { spec: [], code: found.map(problem => toProblem(file, source, problem)) };
  const found = checkCode(source, file ?? key, adaptor);
  const { spec, code } = place(found);
  const isSound = !found.some(({ isWarning }) => !isWarning);
  // Only adaptors of this kind say what their operations need and give.
  const sound = isSound && adaptor?.isLocal ? [{ key, source, file: file ?? key, adaptor }] : [];
  return { key, source, spec: [...problems, ...spec], code, sound, place };
}

/**
 * Checks the jobs of a workflow: their adaptors, their bodies, and their code.
 *
 * @param project folder of project.yaml
 * @param at keys of project.yaml that lead to the jobs
 */
export async function checkJobs(
  project: string,
  jobs: Record<string, JobSpec>,
  at: string[],
): Promise<CheckedJobs> {
  const checked = await Promise.all(
    Object.entries(jobs).map(([key, job]) => checkJob(project, key, job, [...at, key])),
  );
  return {
    spec: checked.flatMap(({ spec }) => spec),
    code: checked.flatMap(({ code }) => code),
    sources: new Map(checked.map(({ key, source = '' }) => [key, source])),
    sound: checked.flatMap(({ sound }) => sound),
    place: (key, problems) => checked.find(job => job.key === key)!.place(problems),
  };
}
