/*
 * Steps that do not fit each other: an operation can declare what it gives, and check what it gets
 * (common's reporting/declaration). So a mapping that names codes which the step before it never
 * gives is found without a server.
 */
import { type Declaration, readDeclaration } from '#common/reporting/declaration.js';
import type { Adaptor } from '../../project/resolve-adaptor.js';
import type { WorkflowSpec } from '../../project/spec.js';
import type { CodeProblem } from '../code/code-problem.js';
import { findWord } from './find-word.js';
import { loadOperations } from './load-operations.js';

/** A job that compiles, with its adaptor. */
export interface SoundJob {
  key: string;
  source: string;
  /** Path for messages. */
  file: string;
  adaptor: Adaptor;
}

/** A job that was loaded. */
interface LoadedJob {
  job: SoundJob;
  /** What each of its operations declares. */
  declarations: (Declaration | undefined)[];
}

/**
 * Checks the steps of a workflow against each other.
 *
 * @param workflow whose graph is sound
 * @param jobs the jobs whose text is sound; the others are not looked at
 * @returns problems by the key of the job
 */
export async function checkSteps(
  workflow: WorkflowSpec,
  jobs: readonly SoundJob[],
): Promise<Map<string, CodeProblem[]>> {
  const problems = new Map<string, CodeProblem[]>();
  const loaded = new Map<string, LoadedJob>();
  for (const job of jobs) {
    try {
      const operations = await loadOperations(job.source, job.file, job.adaptor);
      loaded.set(job.key, { job, declarations: operations.map(readDeclaration) });
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal) problems.set(job.key, [refusal]);
    }
  }
  for (const { job, declarations } of loaded.values()) {
    const sources = readSources(workflow, job.key);
    const given = (sources.length > 0 ? sources : [undefined]).map(
      source => loaded.get(source ?? '')?.declarations.at(-1)?.gives,
    );
    const found = given.flatMap(first => checkJob(job, declarations, first));
    if (found.length > 0) problems.set(job.key, found);
  }
  return problems;
}

/** Keys of the jobs from which edges lead to a job. */
function readSources({ edges = {} }: WorkflowSpec, key: string): string[] {
  const sources = Object.values(edges)
    .filter(({ target_job, enabled }) => target_job === key && enabled !== false)
    .flatMap(({ source_job }) => (source_job ? [source_job] : []));
  return [...new Set(sources)];
}

/** An operation without a declaration may change everything, so that what it gives is not known. */
function checkJob(
  { source, file }: SoundJob,
  declarations: LoadedJob['declarations'],
  first: object | undefined,
): CodeProblem[] {
  const problems: CodeProblem[] = [];
  let given = first;
  for (const declaration of declarations) {
    const found = given ? (declaration?.check?.(given) ?? []) : [];
    problems.push(
      ...found.map(({ message, fix, word }): CodeProblem => {
        const offset = word === undefined ? 0 : findWord(source, file, word);
        return { rule: 'unfit-step', offset, message, ...(fix ? { fix } : {}) };
      }),
    );
    given = declaration?.gives;
  }
  return problems;
}

/** An option that an operation refuses as soon as it is made. What else goes wrong, a run says. */
function readRefusal(error: unknown): CodeProblem | undefined {
  const { name, kind, message, fix } = (error ?? {}) as Record<string, string | undefined>;
  if (name !== 'IntegrationError' || kind !== 'configuration') return undefined;
  return { rule: 'refused-option', offset: 0, message: message ?? '', ...(fix ? { fix } : {}) };
}
