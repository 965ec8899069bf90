import { readDeclaration } from '#common/reporting/declaration.js';
import type { DeclaredRow } from '#common/reporting/declared-row.js';
import { findWord } from '../../check/steps/find-word.js';
import { loadOperations } from '../../check/steps/load-operations.js';
import { offsetToPosition } from '../../compile/job-error.js';
import { toRunError } from '../../engine/run-error.js';
import { type LoadedProject, readProject } from '../../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../../project/read-workflow.js';
import { MARK, markCalls } from './mark-calls.js';

/** A row of a mapping with its place in the job. */
export interface PlacedRow extends Omit<DeclaredRow, 'origin' | 'word'> {
  line: number;
}

/** A job of a project, with the rows of its mapping as far as they are known without a server. */
export interface JobMapping {
  /** Path of the job, relative to the project. */
  file: string;
  /** The steps that run it. */
  steps: { workflow: string; step: string }[];
  rows: PlacedRow[];
  /** Why it cannot be loaded. */
  error?: string;
}

/**
 * Loads every job of a project, runs nothing, and reads the rows that its operations declare. A job
 * that several workflows use is there once.
 *
 * @param project folder of project.yaml
 * @throws IntegrationError as `readProject` and `readWorkflow`
 */
export async function readMappings(project: string): Promise<JobMapping[]> {
  const loaded: LoadedProject = readProject(project);
  const jobs = new Map<string, JobMapping>();
  for (const key of loaded.workflows) {
    const { steps } = await readWorkflow(loaded, key);
    for (const step of steps) {
      const known = jobs.get(step.file) ?? (await readJob(step));
      jobs.set(step.file, known);
      known.steps.push({ workflow: key, step: step.id });
    }
  }
  return [...jobs.values()];
}

async function readJob(step: WorkflowStep): Promise<JobMapping> {
  const { file } = step;
  try {
    return { file, steps: [], rows: await readRows(step) };
  } catch (cause) {
    return { file, steps: [], rows: [], error: toRunError(cause).message };
  }
}

async function readRows({ source, file, adaptor }: WorkflowStep): Promise<PlacedRow[]> {
  const offsets = new WeakMap<object, number>();
  const note = <Made>(offset: number, made: Made): Made => {
    if (typeof made === 'object' && made !== null) offsets.set(made, offset);
    return made;
  };
  const marked = markCalls(source, file, new Set(adaptor.exports));
  const operations = await loadOperations(marked, file, adaptor, { [MARK]: note });
  const declared = operations.flatMap(operation => readDeclaration(operation)?.rows?.() ?? []);
  return declared.map(({ origin, word, ...row }) => {
    const made = origin && offsets.get(origin);
    const offset = made ?? (word === undefined ? 0 : findWord(source, file, word));
    return { ...row, line: offsetToPosition(source, offset).line };
  });
}
