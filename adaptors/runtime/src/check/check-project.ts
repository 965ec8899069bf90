import path from 'node:path';
import { IntegrationError } from '#common/reporting/errors.js';
import { readText } from '../files/read-text.js';
import { checkEnds } from '../project/check-ends.js';
import { checkShape, PROJECT } from '../project/check-shape.js';
import { checkWorkflow } from '../project/check-workflow.js';
import { readProject } from '../project/read-project.js';
import type { ProjectSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';
import { checkEdges } from './check-edges.js';
import { checkJobs } from './check-jobs.js';
import { checkProjectNames, checkWorkflowNames } from './check-names.js';
import { checkTriggers } from './check-triggers.js';
import { findUnreachable } from './find-unreachable.js';
import { type Places, readPlaces } from './places.js';
import type { Problem } from './problem.js';
import { checkSteps } from './steps/check-steps.js';

const FILE = 'project.yaml';

/** How many things were checked, and their problems. */
export interface CheckResult {
  workflows: number;
  jobs: number;
  /** In the order of the files. */
  problems: Problem[];
}

function toProblem(places: Places, problem: SpecProblem, workflow?: string): Problem {
  const { rule, path: keys, message, fix, isWarning } = problem;
  return {
    severity: isWarning ? 'warning' : 'error',
    rule,
    ...(workflow !== undefined && { workflow }),
    file: FILE,
    ...places.find(keys),
    message,
    ...(fix && { fix }),
  };
}

async function checkOneWorkflow(
  folder: string,
  spec: ProjectSpec,
  key: string,
  places: Places,
): Promise<Problem[]> {
  const at = ['workflows', key];
  const unsound = checkWorkflow(spec, key);
  const toProblems = (problems: SpecProblem[]) =>
    problems.map(problem => toProblem(places, problem, key));
  if (unsound.some(({ rule }) => rule === 'wrong-shape')) return toProblems(unsound);
  const workflow = spec.workflows![key]!;
  const jobs = await checkJobs(folder, workflow.jobs ?? {}, [...at, 'jobs']);
  const others = [
    ...checkWorkflowNames(workflow, at),
    ...checkTriggers(workflow, at),
    ...checkEdges(workflow, at),
  ];
  // The consequences of an invalid graph would only repeat what is wrong with it.
  const ends =
    unsound.length > 0
      ? []
      : [...findUnreachable(workflow, at), ...checkEnds(workflow, at, jobs.sources)];
  const steps = unsound.length > 0 ? [] : await checkSteps(workflow, jobs.sound);
  const unfit = [...steps].map(([job, problems]) => jobs.place(job, problems));
  const inJobs = [jobs, ...unfit];
  const all = [...unsound, ...inJobs.flatMap(({ spec }) => spec), ...others, ...ends];
  const code = inJobs.flatMap(problems => problems.code);
  return [...toProblems(all), ...code.map(problem => ({ ...problem, workflow: key }))];
}

/** A problem because of which the project cannot be read at all. */
function toFatal(error: IntegrationError): Problem {
  const { message, fix } = error;
  return { severity: 'error', rule: 'no-project', file: FILE, message, ...(fix && { fix }) };
}

function sortProblems(problems: Problem[]): Problem[] {
  const rank = ({ file }: Problem) => (file === FILE ? '' : file);
  return problems.sort(
    (a, b) =>
      rank(a).localeCompare(rank(b)) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

/**
 * Checks a project for everything that OpenFn silently accepts (openfn FACTS §2.2), and for what
 * the platform refuses only at deployment. Reads files, and loads the jobs as a run does, but runs none of their operations: no
 * server is needed.
 *
 * @param folder of project.yaml
 * @throws IntegrationError `PROJECT_NOT_FOUND` or `PROJECT_UNREADABLE`, kind `configuration`
 * @example
 * const { problems } = await checkProject('.');
 */
export async function checkProject(folder: string): Promise<CheckResult> {
  const file = path.join(folder, FILE);
  const fix =
    'Run the command in the folder of a project, or give it with --project. npx godata-dhis2 init FOLDER makes one.';
  const places = readPlaces(readText({ path: file, what: 'project file', code: 'PROJECT', fix }));
  const broken = places.mistakes.map(({ position, message }): Problem => {
    return { severity: 'error', rule: 'not-yaml', file: FILE, ...position, message };
  });
  if (broken.length > 0) return { workflows: 0, jobs: 0, problems: broken };
  try {
    const { spec, workflows } = readProject(folder);
    const misshapen = checkShape(spec, PROJECT, []);
    const names = misshapen.length > 0 ? misshapen : checkProjectNames(spec);
    const found = await Promise.all(
      workflows.map(key => checkOneWorkflow(folder, spec, key, places)),
    );
    return {
      workflows: workflows.length,
      jobs: workflows.reduce(
        (sum, key) => sum + Object.keys(spec.workflows![key]?.jobs ?? {}).length,
        0,
      ),
      problems: sortProblems([
        ...names.map(problem => toProblem(places, problem)),
        ...found.flat(),
      ]),
    };
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error;
    return { workflows: 0, jobs: 0, problems: [toFatal(error)] };
  }
}
